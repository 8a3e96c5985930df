/**
 * Meters and their names. Start with {@link dev.holdfast.metrics.SocketServerMetrics}.
 */
@NullMarked
package dev.holdfast.metrics;

import org.jspecify.annotations.NullMarked;
