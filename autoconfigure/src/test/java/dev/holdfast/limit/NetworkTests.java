package dev.holdfast.limit;

import java.net.InetAddress;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Network}.
 */
class NetworkTests {

	@ParameterizedTest
	@CsvSource({ "10.0.0.0/8, 10.255.0.1, true", "10.0.0.0/8, 11.0.0.0, false", "10.1.2.3/8, 10.9.9.9, true",
			"192.168.4.0/22, 192.168.7.255, true", "192.168.4.0/22, 192.168.8.0, false",
			"192.168.4.0/22, 192.168.3.255, false", "192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.2, false",
			"192.0.2.1/32, 192.0.2.1, true", "192.0.2.0/31, 192.0.2.1, true", "192.0.2.0/31, 192.0.2.2, false",
			"0.0.0.0/0, 203.0.113.9, true", "128.0.0.0/1, 200.0.0.1, true", "128.0.0.0/1, 127.0.0.1, false",
			"2001:db8::/32, 2001:db8:ffff::1, true", "2001:db8::/32, 2001:db9::, false", "::1, ::1, true",
			"::1, ::2, false", "fe80::/10, febf::1, true", "fe80::/10, fec0::1, false", "::/0, 2001:db8::1, true",
			"0.0.0.0/0, 2001:db8::1, false", "::/0, 192.0.2.1, false" })
	void containsWhenAddressIsGivenComparesPrefix(String network, String address, boolean expected) throws Exception {
		assertThat(Network.parse(network).contains(InetAddress.getByName(address))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/8", "localhost", "example.org", "10.0.0", "10.0.0.256", "10.0.0.0 ", "x::1",
			"[::1", "10.0.0.0,10.0.0.1" })
	void parseWhenTextIsNoAddressThrowsException(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text))
			.withMessage("'%s' is no IP address or network".formatted(text));
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/8/8", "::/129",
			"10.0.0.0/255.0.0.0", "10.0.0.0/99999999999" })
	void parseWhenPrefixIsInvalidThrowsException(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text))
			.withMessage("'%s' has an invalid prefix length".formatted(text));
	}

	@Test
	void toStringWhenParsedReturnsText() {
		assertThat(Network.parse("10.1.2.3/8")).hasToString("10.1.2.3/8");
	}

}
