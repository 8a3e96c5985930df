/**
 * Java blocks of {@code README.md}.
 */
@NullMarked
package dev.holdfast.docs.readme;

import org.jspecify.annotations.NullMarked;
