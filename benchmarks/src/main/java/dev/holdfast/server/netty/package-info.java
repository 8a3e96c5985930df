/**
 * Benchmarks of the inner parts of {@code dev.holdfast.server.netty}, in its package to
 * reach them.
 */
@NullMarked
package dev.holdfast.server.netty;

import org.jspecify.annotations.NullMarked;
