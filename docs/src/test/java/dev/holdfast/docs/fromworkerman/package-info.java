/**
 * Sources of {@code docs/from-workerman.md}, and the proof that Workerman's clients work.
 */
@NullMarked
package dev.holdfast.docs.fromworkerman;

import org.jspecify.annotations.NullMarked;
