package dev.holdfast.server.netty;

import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ChannelOptions}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ChannelOptionsTests {

	private static final ChannelOption<Integer> REFUSED = new RefusedOption();

	private final ChannelOptions options = new ChannelOptions();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	@Test
	void applyAcceptedWhenOneIsRefusedSetsOthersAndLogsOnce(CapturedOutput output) {
		this.options.accepted(REFUSED, 1);
		this.options.accepted(ChannelOption.WRITE_SPIN_COUNT, 7);
		this.options.applyAccepted(this.channel);
		this.options.applyAccepted(this.channel);
		assertThat(this.channel.config().getWriteSpinCount()).isEqualTo(7);
		assertThat(output.toString().split("going on without", -1)).hasSize(2);
	}

	@Test
	void applyListeningWhenSetLeavesOptionsOfConnectionsAlone() {
		this.options.listening(ChannelOption.WRITE_SPIN_COUNT, 3);
		this.options.accepted(ChannelOption.WRITE_SPIN_COUNT, 7);
		this.options.applyListening(this.channel);
		assertThat(this.channel.config().getWriteSpinCount()).isEqualTo(3);
	}

	@SuppressWarnings("deprecation")
	static class RefusedOption extends ChannelOption<Integer> {

		RefusedOption() {
			super("REFUSED");
		}

		@Override
		public void validate(Integer value) {
			throw new ChannelException("Invalid argument");
		}

	}

}
