package dev.holdfast.sample.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the devices' server. Immutable.
 *
 * @param token the secret that all devices share
 * @param offlineDelay how long a device may be away before those who watch are told; with
 * several nodes longer than it takes for their counts to be known, about a second
 */
@ConfigurationProperties("sample.devices")
record DeviceProperties(String token, @DefaultValue("0s") Duration offlineDelay) {

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
