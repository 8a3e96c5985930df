/**
 * What this machine can hold, and what stops it first. Start with
 * {@link dev.holdfast.capacity.CapacityEstimator}.
 */
@NullMarked
package dev.holdfast.capacity;

import org.jspecify.annotations.NullMarked;
