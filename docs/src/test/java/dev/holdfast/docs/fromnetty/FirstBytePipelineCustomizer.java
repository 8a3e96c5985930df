package dev.holdfast.docs.fromnetty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.stereotype.Component;

import dev.holdfast.server.netty.ChannelPipelineCustomizer;

@Component
class FirstBytePipelineCustomizer implements ChannelPipelineCustomizer {

	private static final Log logger = LogFactory.getLog(FirstBytePipelineCustomizer.class);

	@Override
	public void customize(ChannelPipeline pipeline) {
		pipeline.addFirst(new ChannelInboundHandlerAdapter() {

			@Override
			public void channelRead(ChannelHandlerContext context, Object message) {
				logger.info("The first byte came from " + context.channel().remoteAddress());
				context.pipeline().remove(this);
				context.fireChannelRead(message);
			}

		});
	}

}
