package dev.holdfast.docs.handlers;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import dev.holdfast.handler.MessageContext;
import dev.holdfast.handler.MessageInterceptor;

@Component
class TimingInterceptor implements MessageInterceptor {

	private static final Log logger = LogFactory.getLog(TimingInterceptor.class);

	@Override
	public void before(MessageContext context) {
		context.attributes().put("begin", System.nanoTime());
	}

	@Override
	public void after(MessageContext context, @Nullable Throwable error) {
		long nanos = System.nanoTime() - (long) context.attributes().get("begin");
		logger.info("%s took %d µs".formatted(context.connection().id(), nanos / 1000));
	}

}
