@NullMarked
package dev.holdfast.benchmarks.load;

import org.jspecify.annotations.NullMarked;
