package dev.holdfast.server.netty;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

import dev.holdfast.limit.Network;

/**
 * Finds the address of a client in the headers that trusted proxies add.
 */
final class ForwardedAddress {

	private static final Pattern FOR = Pattern.compile("(?:^|;)\\s*for=\"?([^\";]+)\"?", Pattern.CASE_INSENSITIVE);

	private ForwardedAddress() {
	}

	static boolean isTrusted(List<Network> proxies, InetAddress address) {
		return proxies.stream().anyMatch((network) -> network.contains(address));
	}

	/**
	 * Find the address: the last one that is not itself a trusted proxy.
	 * @param headers the headers of the request
	 * @param proxies the networks of trusted proxies
	 * @return the address, with port 0, or {@code null} if there is none
	 */
	static @Nullable InetSocketAddress of(HttpHeaders headers, List<Network> proxies) {
		List<String> nodes = headers.contains("Forwarded") ? elements(headers, "Forwarded").map((element) -> {
			Matcher matcher = FOR.matcher(element);
			return matcher.find() ? matcher.group(1) : "";
		}).toList() : elements(headers, "X-Forwarded-For").toList();
		InetAddress found = null;
		for (int i = nodes.size() - 1; i >= 0; i--) {
			InetAddress address = parse(nodes.get(i));
			if (address == null) {
				break;
			}
			found = address;
			if (!isTrusted(proxies, address)) {
				break;
			}
		}
		return (found != null) ? new InetSocketAddress(found, 0) : null;
	}

	private static Stream<String> elements(HttpHeaders headers, String name) {
		return headers.getAll(name).stream().flatMap((header) -> Stream.of(header.split(","))).map(String::trim);
	}

	private static @Nullable InetAddress parse(String node) {
		String host = node;
		if (node.startsWith("[") && node.contains("]")) {
			host = node.substring(1, node.indexOf(']'));
		}
		else if (node.indexOf(':') >= 0 && node.indexOf(':') == node.lastIndexOf(':')) {
			host = node.substring(0, node.indexOf(':'));
		}
		return NetUtil.createInetAddressFromIpAddressString(host);
	}

}
