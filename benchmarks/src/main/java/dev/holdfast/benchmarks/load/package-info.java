/**
 * Puts load on a server from a process of its own; start reading at
 * {@link dev.holdfast.benchmarks.load.LoadGenerator}.
 */
@NullMarked
package dev.holdfast.benchmarks.load;

import org.jspecify.annotations.NullMarked;
