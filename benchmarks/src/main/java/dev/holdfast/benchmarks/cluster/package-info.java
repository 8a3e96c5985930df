/**
 * What a cluster of nodes on one Redis does, beside plain publish and subscribe.
 */
@NullMarked
package dev.holdfast.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
