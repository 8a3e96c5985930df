package dev.holdfast.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a {@link SocketController @SocketController} that is called for each
 * message. What it returns is sent as the reply.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnMessage {

	/**
	 * Routes of the messages that the method takes. Without one it takes all messages
	 * whose route no other method claims.
	 * @return the routes
	 */
	String[] value() default {};

}
