/**
 * Help for users' tests. Start with {@link dev.holdfast.test.SocketTestClient}, which
 * talks to a server and says what it expects to hear, and
 * {@link dev.holdfast.test.LocalSocketPort @LocalSocketPort}, which tells a
 * {@code @SpringBootTest} where the server listens.
 */
@NullMarked
package dev.holdfast.test;

import org.jspecify.annotations.NullMarked;
