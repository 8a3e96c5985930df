/**
 * Many devices in one program, to see what a server does under them. Start with
 * {@link dev.holdfast.sample.simulator.DeviceSimulator}.
 */
@NullMarked
package dev.holdfast.sample.simulator;

import org.jspecify.annotations.NullMarked;
