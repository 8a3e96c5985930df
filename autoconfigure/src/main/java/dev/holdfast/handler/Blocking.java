package dev.holdfast.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks handler methods that may block: they run on a virtual thread or a pool instead of
 * the event loop. The order of messages and replies is kept.
 */
@Target({ ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Blocking {

	/**
	 * Whether the thread is interrupted when the connection closes while the method runs.
	 * @return whether it is interrupted
	 */
	boolean interrupt() default false;

}
