/**
 * Java blocks of {@code docs/protocols.md}.
 */
@NullMarked
package dev.holdfast.docs.protocols;

import org.jspecify.annotations.NullMarked;
