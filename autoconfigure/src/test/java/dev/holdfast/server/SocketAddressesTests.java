package dev.holdfast.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;

import io.netty.channel.unix.DomainSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SocketAddresses}.
 */
class SocketAddressesTests {

	@ParameterizedTest
	@CsvSource({ "0.0.0.0, 0.0.0.0:9000", "192.0.2.7, 192.0.2.7:9000", "::, 0.0.0.0:9000", "::1, [::1]:9000",
			"2001:db8:0:0:0:0:0:1, [2001:db8::1]:9000" })
	void formatWhenAddressIsNumericReturnsShortestText(String ip, String expected) {
		assertThat(SocketAddresses.format(new InetSocketAddress(ip, 9000))).isEqualTo(expected);
	}

	@Test
	void formatWhenHostNameIsKnownReturnsNumbers() throws UnknownHostException {
		InetAddress named = InetAddress.getByAddress("client.example", new byte[] { (byte) 192, 0, 2, 7 });
		assertThat(SocketAddresses.format(new InetSocketAddress(named, 9000))).isEqualTo("192.0.2.7:9000");
	}

	@Test
	void formatWhenHostNameIsUnresolvedReturnsName() {
		SocketAddress address = InetSocketAddress.createUnresolved("sockets.invalid", 9000);
		assertThat(SocketAddresses.format(address)).isEqualTo("sockets.invalid:9000");
	}

	@Test
	void formatWhenSocketIsUnixReturnsPath() {
		assertThat(SocketAddresses.format(new DomainSocketAddress("/run/echo.sock"))).isEqualTo("/run/echo.sock");
		assertThat(SocketAddresses.format(UnixDomainSocketAddress.of("/run/echo.sock"))).isEqualTo("/run/echo.sock");
	}

	@ParameterizedTest
	@ValueSource(strings = { "192.0.2.7", "192.0.2.7:40001" })
	void matchingWhenTextNamesIpVersion4AddressMatches(String text) {
		assertThat(matches(text, "192.0.2.7", 40001)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2001:db8::1", "[2001:db8::1]", "2001:db8:0:0:0:0:0:1", "[2001:db8::1]:40001" })
	void matchingWhenTextNamesIpVersion6AddressMatches(String text) {
		assertThat(matches(text, "2001:db8::1", 40001)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "192.0.2.8", "192.0.2.7:40002", "192.0.2.", "client.example", "::1" })
	void matchingWhenTextNamesOtherAddressDoesNotMatch(String text) {
		assertThat(matches(text, "192.0.2.7", 40001)).isFalse();
	}

	@Test
	void matchingWhenSocketIsUnixComparesPath() {
		SocketAddress address = new DomainSocketAddress("/run/echo.sock");
		assertThat(SocketAddresses.matching("/run/echo.sock").test(address)).isTrue();
		assertThat(SocketAddresses.matching("192.0.2.7").test(address)).isFalse();
	}

	private boolean matches(String text, String ip, int port) {
		return SocketAddresses.matching(text).test(new InetSocketAddress(ip, port));
	}

}
