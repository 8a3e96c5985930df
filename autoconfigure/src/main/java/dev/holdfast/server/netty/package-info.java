/**
 * Servers on Reactor Netty, which no other package knows. Start with
 * {@link dev.holdfast.server.netty.NettySocketServerFactory}.
 */
@NullMarked
package dev.holdfast.server.netty;

import org.jspecify.annotations.NullMarked;
