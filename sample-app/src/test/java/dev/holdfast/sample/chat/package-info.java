@NullMarked
package dev.holdfast.sample.chat;

import org.jspecify.annotations.NullMarked;
