package dev.holdfast.docs.handlers;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;

import dev.holdfast.handler.HandlerArgumentResolver;
import dev.holdfast.handler.MessageContext;

@Component
class TenantArgumentResolver implements HandlerArgumentResolver {

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return parameter.getParameterType() == Tenant.class;
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, MessageContext context) {
		return context.connection().user().map(Tenant::new).orElse(null);
	}

	record Tenant(String name) {

	}

}
