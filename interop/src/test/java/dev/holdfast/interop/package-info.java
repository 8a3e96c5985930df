/**
 * Servers that programs of others talk to: the Autobahn test suite, Node's {@code ws},
 * Chromium, OpenSSL and HAProxy.
 */
@NullMarked
package dev.holdfast.interop;

import org.jspecify.annotations.NullMarked;
