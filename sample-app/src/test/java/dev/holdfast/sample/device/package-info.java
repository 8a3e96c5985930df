@NullMarked
package dev.holdfast.sample.device;

import org.jspecify.annotations.NullMarked;
