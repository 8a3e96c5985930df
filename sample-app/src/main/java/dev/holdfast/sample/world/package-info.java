/**
 * Rows of a database table, read and updated as TechEmpower's benchmark does. Start with
 * {@link dev.holdfast.sample.world.WorldHandler}.
 */
@NullMarked
package dev.holdfast.sample.world;

import org.jspecify.annotations.NullMarked;
