package dev.holdfast.sample.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What a device is told. The field {@code type} comes first.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
sealed interface DeviceReply {

	/**
	 * The login was right.
	 *
	 * @param device the name of the device
	 * @param site where it stands
	 */
	@JsonTypeName("welcome")
	record Welcome(String device, String site) implements DeviceReply {

	}

	/**
	 * Telemetry arrived.
	 *
	 * @param seq the number that the device gave it, or {@code null}
	 * @param messages how many messages this connection has sent so far
	 */
	@JsonTypeName("ack")
	record Ack(@Nullable Long seq, long messages) implements DeviceReply {

	}

	/**
	 * The answer to a ping.
	 */
	@JsonTypeName("pong")
	record Pong() implements DeviceReply {

	}

	/**
	 * A site is watched from now on.
	 *
	 * @param site the site
	 * @param devices how many of its devices are connected, to any node
	 */
	@JsonTypeName("watching")
	record Watching(String site, long devices) implements DeviceReply {

	}

	/**
	 * A device of a watched site came or went.
	 *
	 * @param site the site
	 * @param device the device
	 * @param online whether it is connected
	 */
	@JsonTypeName("presence")
	record Presence(String site, String device, boolean online) implements DeviceReply {

	}

	/**
	 * A message was refused.
	 *
	 * @param message why
	 */
	@JsonTypeName("error")
	record Failure(String message) implements DeviceReply {

	}

}
