/**
 * The servers that Holdfast is compared with, each a program of its own that prints
 * {@code READY} and its port.
 */
@NullMarked
package dev.holdfast.benchmarks.server;

import org.jspecify.annotations.NullMarked;
