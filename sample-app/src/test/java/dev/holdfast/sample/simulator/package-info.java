@NullMarked
package dev.holdfast.sample.simulator;

import org.jspecify.annotations.NullMarked;
