/**
 * One set of connections over many nodes. Start with
 * {@link dev.holdfast.cluster.ClusterConnections} for what users call,
 * {@link dev.holdfast.cluster.ClusterNode} for what a node does, and
 * {@link dev.holdfast.cluster.ClusterTransport} for what carries packets between nodes.
 */
@NullMarked
package dev.holdfast.cluster;

import org.jspecify.annotations.NullMarked;
