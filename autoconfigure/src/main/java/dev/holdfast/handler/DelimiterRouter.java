package dev.holdfast.handler;

import java.nio.charset.Charset;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * {@link MessageRouter} for messages that begin with their route. A message without the
 * delimiter is a route as a whole. Immutable.
 *
 * <pre>
 *  +---------+-----------+--------------------+
 *  |  route  | delimiter | whatever follows   |
 *  +---------+-----------+--------------------+
 * </pre>
 */
public final class DelimiterRouter implements MessageRouter {

	private static final int MAX_ROUTE_LENGTH = 256;

	private final ByteBuf delimiter;

	private final Charset charset;

	/**
	 * Create a new {@link DelimiterRouter}.
	 * @param delimiter the bytes behind the route
	 * @param charset the charset of the route
	 */
	public DelimiterRouter(byte[] delimiter, Charset charset) {
		Assert.isTrue(delimiter.length > 0, "'delimiter' must not be empty");
		this.delimiter = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(delimiter).asReadOnly());
		this.charset = charset;
	}

	@Override
	public @Nullable String route(ByteBuf in, int offset, int length) {
		int limit = Math.min(length, MAX_ROUTE_LENGTH + this.delimiter.readableBytes());
		int index = ByteBufUtil.indexOf(this.delimiter, in.slice(offset, limit));
		int end = (index >= 0) ? index : length;
		return (end <= MAX_ROUTE_LENGTH) ? in.toString(offset, end, this.charset) : null;
	}

}
