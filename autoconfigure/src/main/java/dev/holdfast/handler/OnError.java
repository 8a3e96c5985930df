package dev.holdfast.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.aot.hint.annotation.Reflective;

/**
 * Marks a method of a {@link SocketController @SocketController} that is called when a
 * handler method throws or a payload cannot be converted. The method with the most
 * specific exception type of the same controller is called, or else of all controllers of
 * the server. What it returns is sent as the reply.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Reflective(HandlerReflectiveProcessor.class)
public @interface OnError {

	/**
	 * Exceptions that the method takes. Without one they follow from its parameters.
	 * @return the exception types
	 */
	Class<? extends Throwable>[] value() default {};

}
