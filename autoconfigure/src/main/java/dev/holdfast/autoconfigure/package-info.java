/**
 * YAML to beans, nothing else. Start with the auto-configuration of the feature you are
 * looking for.
 */
@NullMarked
package dev.holdfast.autoconfigure;

import org.jspecify.annotations.NullMarked;
