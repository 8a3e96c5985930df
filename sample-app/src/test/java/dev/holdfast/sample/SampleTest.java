package dev.holdfast.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * Annotation at a test of the whole application, with all servers on free ports.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "holdfast.servers.echo.port=0", "holdfast.servers.frames.port=0", "holdfast.servers.live.port=0",
				"holdfast.servers.devices.port=0", "holdfast.servers.world.port=0" })
public @interface SampleTest {

}
