package dev.holdfast.benchmarks.run;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RunOptions}.
 */
class RunOptionsTests {

	private final List<Contender> contenders = List.of(Contender.peer("Reactor Netty map", "ReactorServer", "map"),
			Contender.holdfast("echo"), Contender.empty());

	@Test
	void chooseWhenNothingIsGivenReturnsAll() {
		assertThat(RunOptions.parse().choose(this.contenders)).isEqualTo(this.contenders);
	}

	@Test
	void chooseWhenNamesHaveSpacesReturnsThem() {
		assertThat(RunOptions.parse("--only", "Reactor Netty map,Holdfast").choose(this.contenders))
			.extracting(Contender::name)
			.containsExactly("Reactor Netty map", "Holdfast");
	}

	@Test
	void depthsWhenGivenReturnsNumbers() {
		assertThat(RunOptions.parse("--depths", "2,4").depths("1")).containsExactly(2, 4);
	}

	@Test
	void jvmFlagsWhenGivenReturnsFlagByFlag() {
		assertThat(RunOptions.parse("--jvm", "-Xmx1g -XX:+UseZGC").jvmFlags()).containsExactly("-Xmx1g", "-XX:+UseZGC");
	}

	@Test
	void parseWhenValueIsMissingThrowsException() {
		assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse("--rounds"));
	}

}
