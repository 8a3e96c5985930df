/**
 * Checks of the files in {@code docs/deploy}.
 */
@NullMarked
package dev.holdfast.docs.deploy;

import org.jspecify.annotations.NullMarked;
