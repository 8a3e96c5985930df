@NullMarked
package dev.holdfast.sample.world;

import org.jspecify.annotations.NullMarked;
