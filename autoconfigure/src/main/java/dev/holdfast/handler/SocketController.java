package dev.holdfast.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.stereotype.Component;

/**
 * Marks a component whose annotated methods handle the connections of servers.
 *
 * @see OnOpen
 * @see OnMessage
 * @see OnClose
 * @see OnError
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Component
public @interface SocketController {

	/**
	 * Names of the servers that the component serves. Without one it serves all.
	 * @return the names of servers
	 */
	String[] value() default {};

}
