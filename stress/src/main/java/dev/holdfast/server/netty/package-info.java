/**
 * Races of what more than one thread touches.
 */
@NullMarked
package dev.holdfast.server.netty;

import org.jspecify.annotations.NullMarked;
