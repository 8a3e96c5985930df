/**
 * Tests of the sample on several nodes.
 */
@NullMarked
package dev.holdfast.sample.cluster;

import org.jspecify.annotations.NullMarked;
