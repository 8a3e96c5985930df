/**
 * Java blocks of {@code docs/push.md}.
 */
@NullMarked
package dev.holdfast.docs.push;

import org.jspecify.annotations.NullMarked;
