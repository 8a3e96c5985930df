package dev.holdfast.handler;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of a handler method that receives an attribute of the connection. A
 * missing attribute is {@code null}, an empty {@code Optional} for a parameter of that
 * type, and an error for a primitive one.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface ConnectionAttribute {

	/**
	 * Name of the attribute.
	 * @return the name
	 */
	String value();

}
