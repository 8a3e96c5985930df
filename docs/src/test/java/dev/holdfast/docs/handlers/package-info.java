/**
 * Java blocks of {@code docs/handlers.md}.
 */
@NullMarked
package dev.holdfast.docs.handlers;

import org.jspecify.annotations.NullMarked;
