/**
 * Java blocks of {@code docs/security.md}.
 */
@NullMarked
package dev.holdfast.docs.security;

import org.jspecify.annotations.NullMarked;
