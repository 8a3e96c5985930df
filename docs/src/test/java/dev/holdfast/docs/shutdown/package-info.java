/**
 * Java blocks of {@code docs/shutdown.md}.
 */
@NullMarked
package dev.holdfast.docs.shutdown;

import org.jspecify.annotations.NullMarked;
