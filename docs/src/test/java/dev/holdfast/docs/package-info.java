/**
 * Checks that README and guide are true. Start with
 * {@link dev.holdfast.docs.MarkdownPage}; the packages below hold the sources of the Java
 * blocks, one package for each page.
 */
@NullMarked
package dev.holdfast.docs;

import org.jspecify.annotations.NullMarked;
