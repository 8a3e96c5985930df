/**
 * Sources of {@code docs/from-netty.md}.
 */
@NullMarked
package dev.holdfast.docs.fromnetty;

import org.jspecify.annotations.NullMarked;
