@NullMarked
package dev.holdfast.sample;

import org.jspecify.annotations.NullMarked;
