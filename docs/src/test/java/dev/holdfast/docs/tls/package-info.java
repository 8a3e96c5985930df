/**
 * Java blocks of {@code docs/tls.md}.
 */
@NullMarked
package dev.holdfast.docs.tls;

import org.jspecify.annotations.NullMarked;
