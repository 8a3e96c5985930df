package dev.holdfast.autoconfigure;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.codec.json.JacksonPayloadCodec;
import dev.holdfast.codec.json.JsonFieldReader;
import dev.holdfast.handler.MessageRouter;

/**
 * {@link Configuration @Configuration} for JSON payloads with Jackson.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(JsonMapper.class)
class JacksonConfiguration {

	@Bean
	@ConditionalOnMissingBean
	JsonSupport holdfastJsonSupport(ObjectProvider<JsonMapper> mappers) {
		return new JacksonSupport(mappers.getIfAvailable(() -> JsonMapper.builder().build()));
	}

	/**
	 * {@link JsonSupport} with Jackson. Immutable.
	 *
	 * @param mapper the mapper
	 */
	private record JacksonSupport(JsonMapper mapper) implements JsonSupport {

		@Override
		public PayloadCodec codec() {
			return new JacksonPayloadCodec(this.mapper);
		}

		@Override
		public MessageRouter router(String field) {
			return new JsonFieldReader(this.mapper, field)::read;
		}

	}

}
