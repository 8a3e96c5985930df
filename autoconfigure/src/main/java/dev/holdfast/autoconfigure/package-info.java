/**
 * YAML to beans, nothing else. Start with
 * {@link dev.holdfast.autoconfigure.SocketServerAutoConfiguration}.
 */
@NullMarked
package dev.holdfast.autoconfigure;

import org.jspecify.annotations.NullMarked;
