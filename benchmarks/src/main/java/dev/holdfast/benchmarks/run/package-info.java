/**
 * Starts servers and load in processes of their own, measures in turn and prints tables;
 * start reading at {@link dev.holdfast.benchmarks.run.Benchmarks}.
 */
@NullMarked
package dev.holdfast.benchmarks.run;

import org.jspecify.annotations.NullMarked;
