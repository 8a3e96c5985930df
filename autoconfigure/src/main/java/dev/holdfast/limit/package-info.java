/**
 * What one server allows: limits, deadlines and budgets as immutable records, put
 * together in {@link dev.holdfast.limit.ServerLimits}.
 */
@NullMarked
package dev.holdfast.limit;

import org.jspecify.annotations.NullMarked;
