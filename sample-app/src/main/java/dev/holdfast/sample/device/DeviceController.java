package dev.holdfast.sample.device;

import java.io.InputStream;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.connection.Connections;
import dev.holdfast.connection.Recipients;

/**
 * Sends messages to devices, for those who speak HTTP. A body is JSON, whatever its
 * content type says, so that {@code curl -d} needs no header.
 */
@RestController
class DeviceController {

	private final Connections connections;

	private final JsonMapper mapper;

	DeviceController(Connections connections, JsonMapper mapper) {
		this.connections = connections;
		this.mapper = mapper;
	}

	/**
	 * Send a message to a device.
	 * @param device the name of the device
	 * @param body the message
	 * @return how many of its connections on this node took it; the status is 202 if it
	 * is only connected to other nodes, and 404 if it is connected to none
	 */
	@PostMapping("/devices/{device}/push")
	Mono<ResponseEntity<Long>> push(@PathVariable String device, InputStream body) {
		return push(this.connections.user(device), read(body));
	}

	/**
	 * Send a message to all devices of a site.
	 * @param site the site
	 * @param body the message
	 * @return as for one device
	 */
	@PostMapping("/sites/{site}/push")
	Mono<ResponseEntity<Long>> pushToSite(@PathVariable String site, InputStream body) {
		return push(this.connections.group(Sites.group(site)), read(body));
	}

	/**
	 * Tell whether a device is there.
	 * @param device the name of the device
	 * @return its name and the number of its connections; the status is 404 if it has
	 * none
	 */
	@GetMapping("/devices/{device}")
	Mono<Device> device(@PathVariable String device) {
		return this.connections.user(device)
			.clusterCount()
			.map((count) -> new Device(device, count.count()))
			.filter((found) -> found.connections() > 0)
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
	}

	private JsonNode read(InputStream body) {
		try {
			JsonNode message = this.mapper.readTree(body);
			if (!message.isMissingNode()) {
				return message;
			}
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The message is empty");
		}
		catch (JacksonException ex) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "The message is no JSON", ex);
		}
	}

	private static Mono<ResponseEntity<Long>> push(Recipients recipients, JsonNode message) {
		long sent = recipients.send(message);
		if (sent > 0) {
			return Mono.just(ResponseEntity.ok(sent));
		}
		return recipients.clusterCount().map((count) -> {
			HttpStatus status = (count.count() > 0) ? HttpStatus.ACCEPTED : HttpStatus.NOT_FOUND;
			return ResponseEntity.status(status).body(sent);
		});
	}

	/**
	 * A device that is there. Immutable.
	 *
	 * @param device the name of the device
	 * @param connections the number of its connections
	 */
	record Device(String device, long connections) {

	}

}
