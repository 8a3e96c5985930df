/**
 * Benchmarks of the inner parts that can be reached from outside.
 */
@NullMarked
package dev.holdfast.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
