/**
 * The handler that the README adds to the sample.
 */
@NullMarked
package dev.holdfast.sample;

import org.jspecify.annotations.NullMarked;
