package dev.holdfast.sample.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the devices' server. Immutable.
 *
 * @param token the secret that all devices share
 */
@ConfigurationProperties("sample.devices")
record DeviceProperties(String token) {

	/**
	 * Whether a token is the right one. How long this takes does not tell how much of it
	 * was right.
	 * @param candidate the token of a device
	 * @return whether it is
	 */
	boolean accepts(String candidate) {
		return MessageDigest.isEqual(this.token.getBytes(StandardCharsets.UTF_8),
				candidate.getBytes(StandardCharsets.UTF_8));
	}

}
