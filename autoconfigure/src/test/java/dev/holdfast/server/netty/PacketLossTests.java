package dev.holdfast.server.netty;

import java.io.IOException;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers and clients on a network that loses packets for real, in a network namespace of
 * their own: with {@code -Dholdfast.packet-loss=true}, and where the commands
 * {@code unshare}, {@code ip} and {@code nft} are there and allowed. What happens where
 * they are not is tested by {@link NetworkFaultTests}.
 */
@EnabledIfSystemProperty(named = "holdfast.packet-loss", matches = "true")
class PacketLossTests {

	private static final int PERCENT = 5;

	@BeforeAll
	static void requireNamespace() throws Exception {
		Assumptions.assumeTrue(isAllowed(), "No network namespace that loses packets");
	}

	private static boolean isAllowed() throws InterruptedException {
		try {
			LossyNetwork.Result result = LossyNetwork.run(PERCENT, "true");
			System.out.print(result.output());
			return result.isSuccess();
		}
		catch (IOException ex) {
			System.out.println(ex.getMessage());
			return false;
		}
	}

	@Test
	void clientsWhenPacketsAreLostAreAnsweredOnceAndInOrderAndNothingIsLeft() throws Exception {
		check(LossyNetwork.java(PERCENT, LossyPrograms.class, "answer"));
	}

	@Test
	void connectionsWhenNoPacketArrivesAnyMoreEndByTheirDeadlinesAndNothingIsLeft() throws Exception {
		check(LossyNetwork.java(0, LossyPrograms.class, "cut"));
	}

	private static void check(LossyNetwork.Result result) {
		assertThat(result.isSuccess()).as(result.output()).isTrue();
		assertThat(result.output()).contains("passed").doesNotContain("LEAK");
		result.output().lines().filter((line) -> line.startsWith("passed")).forEach(System.out::println);
	}

}
