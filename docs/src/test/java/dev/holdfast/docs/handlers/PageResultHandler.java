package dev.holdfast.docs.handlers;

import java.util.List;

import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

import dev.holdfast.handler.Exchange;
import dev.holdfast.handler.HandlerResultHandler;

@Component
class PageResultHandler implements HandlerResultHandler {

	@Override
	public boolean supportsReturnType(MethodParameter returnType) {
		return returnType.getParameterType() == Page.class;
	}

	@Override
	public void handleResult(Object result, MethodParameter returnType, Exchange exchange) throws Exception {
		for (String line : ((Page) result).lines()) {
			exchange.reply(line);
		}
		exchange.complete();
	}

	record Page(List<String> lines) {

	}

}
