/**
 * Spring Boot applications to measure: one with Holdfast and every default on, and an
 * empty one.
 */
@NullMarked
package dev.holdfast.benchmarks.app;

import org.jspecify.annotations.NullMarked;
