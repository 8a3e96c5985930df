/**
 * Java blocks of {@code docs/quick-start.md}.
 */
@NullMarked
package dev.holdfast.docs.quickstart;

import org.jspecify.annotations.NullMarked;
