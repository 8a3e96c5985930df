package dev.holdfast.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DescriptorLimit}.
 */
class DescriptorLimitTests {

	@ParameterizedTest
	@CsvSource({ "20000, 120, 18880", "2000, 126, 1746", "1000000, 500, 995404", "1024, 0, 896", "200, 150, 1",
			"20000, -1, 19000", "0, 0, 0", "-1, 10, 0" })
	void maxConnectionsWhenDescriptorsAreGivenLeavesOpenOnesAndHeadroom(long descriptors, long open, long expected) {
		assertThat(DescriptorLimit.maxConnections(descriptors, open)).isEqualTo(expected);
	}

	@Test
	void maxConnectionsWhenProcessHasLimitIsBelowIt() {
		assertThat(DescriptorLimit.maxConnections()).isNotNegative().isLessThan(Long.MAX_VALUE / 2);
	}

}
