package dev.holdfast.sample.world;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WorldHandler}.
 */
class WorldHandlerTests {

	@ParameterizedTest
	@CsvSource({ "queries 1, 1", "queries 20, 20", "queries 500, 500", "queries 501, 500", "queries 0, 1",
			"queries -7, 1", "queries foo, 1", "queries, 1", "queries 99999999999, 1", "queries 2 3, 1" })
	void countWhenOutOfRangeIsMovedIntoIt(String line, int count) {
		assertThat(WorldHandler.count(line)).isEqualTo(count);
	}

}
