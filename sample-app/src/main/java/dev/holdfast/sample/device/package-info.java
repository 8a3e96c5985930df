/**
 * Devices that log in, report telemetry and are sent messages. Start with
 * {@link dev.holdfast.sample.device.DeviceHandler}.
 */
@NullMarked
package dev.holdfast.sample.device;

import org.jspecify.annotations.NullMarked;
