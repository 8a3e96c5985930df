package dev.holdfast.server.netty;

import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Keeps a channel open whose peer has ended its half, where Netty would close it at once:
 * the Unix domain sockets of the Java platform know no option for that. It hides the end
 * from the channel and tells the pipeline instead.
 */
final class HalfClosureAllocator implements RecvByteBufAllocator {

	private final RecvByteBufAllocator delegate;

	private final DuplexChannel channel;

	HalfClosureAllocator(RecvByteBufAllocator delegate, DuplexChannel channel) {
		this.delegate = delegate;
		this.channel = channel;
	}

	@Override
	@SuppressWarnings("deprecation")
	public Handle newHandle() {
		return new EndHidingHandle(this.delegate.newHandle());
	}

	private void ended() {
		if (!this.channel.isInputShutdown()) {
			this.channel.shutdownInput()
				.addListener((shutdown) -> this.channel.pipeline()
					.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE));
		}
	}

	private final class EndHidingHandle extends DelegatingHandle implements ExtendedHandle {

		@SuppressWarnings("deprecation")
		EndHidingHandle(Handle delegate) {
			super(delegate);
		}

		@Override
		public void lastBytesRead(int bytes) {
			super.lastBytesRead(Math.max(bytes, 0));
			if (bytes < 0) {
				HalfClosureAllocator.this.channel.eventLoop().execute(HalfClosureAllocator.this::ended);
			}
		}

		@Override
		public boolean continueReading(UncheckedBooleanSupplier mayHaveMore) {
			return ((ExtendedHandle) delegate()).continueReading(mayHaveMore);
		}

	}

}
