package dev.holdfast.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks the method of a {@link SocketController @SocketController} that decides whether a
 * client may upgrade to WebSocket; there is one for each server at most. Its parameter is
 * the {@code Handshake}. {@code false} refuses with the status 403, a
 * {@link HandshakeException} with its own and any other exception with 500; a
 * {@code String} accepts and binds the user; anything else accepts. The result may come
 * later, and the method may be {@link Blocking @Blocking}.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnHandshake {

}
