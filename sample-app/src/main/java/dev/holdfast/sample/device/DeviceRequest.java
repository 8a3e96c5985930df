package dev.holdfast.sample.device;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What a device says. The route of a message, its field {@code type}, chooses the record.
 */
interface DeviceRequest {

	/**
	 * A device tells who it is.
	 *
	 * @param device the name of the device
	 * @param token the secret that all devices share
	 * @param site where it stands, {@code default} if it does not say
	 */
	record Login(@NotBlank @Size(max = 100) String device, @NotNull String token,
			@Nullable @Size(max = 100) String site) {

		public Login {
			site = (site != null && !site.isBlank()) ? site : "default";
		}

	}

	/**
	 * A device reports what it has measured, in fields of its choice.
	 *
	 * @param seq a number that the answer repeats, or {@code null}
	 */
	record Telemetry(@Nullable Long seq) {

	}

	/**
	 * A device, or a screen, wants to know which devices of a site come and go.
	 *
	 * @param site the site
	 */
	record Watch(@NotBlank @Size(max = 100) String site) {

	}

}
