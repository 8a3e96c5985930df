package dev.holdfast.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.beans.factory.annotation.Value;

/**
 * Annotation at a field or parameter of type {@code int} or {@link Integer} that injects
 * the port on which a server listens. It works in every test that has a Spring context:
 *
 * <pre class="code">
 * &#64;SpringBootTest(properties = "holdfast.servers.echo.port=0")
 * class EchoTests {
 *
 *     &#64;LocalSocketPort("echo")
 *     int port;
 *
 * }
 * </pre>
 *
 * Parameters of the test's constructor, of test methods and of lifecycle methods are
 * resolved by Spring's extension for JUnit, so that nothing but this annotation is
 * needed. The test fails with a description of the cure when there is no such server.
 */
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Value("#{@'" + LocalSocketPortValue.BEAN_NAME + "'.getAsInt()}")
public @interface LocalSocketPort {

	/**
	 * Return the name of the server.
	 * @return the name, as in {@code holdfast.servers.<name>}
	 */
	String value();

}
