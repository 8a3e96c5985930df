package dev.holdfast.docs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfigurationKeys}.
 */
class ConfigurationKeysTests {

	@Test
	void documentedWhenReadHasEachKeyOnce() {
		assertThat(ConfigurationKeys.documented()).contains("holdfast.event-loops", "holdfast.servers.<name>.port")
			.doesNotHaveDuplicates();
	}

	@Test
	void rowsWhenReadHaveDefaultUnitAndMeaning() {
		assertThat(ConfigurationKeys.rows()).allSatisfy((row) -> {
			assertThat(row.group(2)).as("default of %s", row.group(1)).isNotBlank();
			assertThat(row.group(3)).as("unit of %s", row.group(1)).isNotBlank();
			assertThat(row.group(4)).as("meaning of %s", row.group(1)).isNotBlank();
		});
	}

	@Test
	void generalizeWhenKeyIsOfServerReplacesItsName() {
		assertThat(ConfigurationKeys.generalize("holdfast.servers.echo-2.limits.max-connections"))
			.isEqualTo("holdfast.servers.<name>.limits.max-connections");
	}

	@ParameterizedTest
	@ValueSource(strings = { "holdfast.servers.shop.ssl.sni.a.example.com", "holdfast.servers.shop.ssl.sni[*.b.com]" })
	void generalizeWhenKeyIsOfHostDropsItsName(String key) {
		assertThat(ConfigurationKeys.generalize(key)).isEqualTo("holdfast.servers.<name>.ssl.sni");
	}

	@Test
	void generalizeWhenKeyHasIndexDropsIt() {
		assertThat(ConfigurationKeys.generalize("holdfast.list[0]")).isEqualTo("holdfast.list");
	}

}
