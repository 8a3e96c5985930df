package dev.holdfast.benchmarks.server;

import java.io.InputStream;
import java.io.OutputStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a record from each line with Jackson, writes it back, and flushes once per read.
 * Thread-safe.
 */
@Sharable
class JsonHandler extends ChannelInboundHandlerAdapter {

	private final ObjectReader reader;

	private final ObjectWriter writer;

	JsonHandler() {
		JsonMapper mapper = JsonMapper.builder().build();
		this.reader = mapper.readerFor(Reading.class);
		this.writer = mapper.writerFor(Reading.class);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
		Reading reading = read((ByteBuf) message);
		ByteBuf out = context.alloc().buffer();
		try (OutputStream stream = new ByteBufOutputStream(out)) {
			this.writer.writeValue(stream, reading);
		}
		out.writeByte('\n');
		context.write(out, context.voidPromise());
	}

	private Reading read(ByteBuf in) throws Exception {
		try (InputStream stream = new ByteBufInputStream(in, true)) {
			return this.reader.readValue(stream);
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		context.flush();
	}

}
