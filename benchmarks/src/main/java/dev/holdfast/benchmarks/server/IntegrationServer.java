package dev.holdfast.benchmarks.server;

import java.nio.charset.StandardCharsets;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.integration.annotation.ServiceActivator;
import org.springframework.integration.channel.DirectChannel;
import org.springframework.integration.config.EnableIntegration;
import org.springframework.integration.handler.AbstractReplyProducingMessageHandler;
import org.springframework.integration.ip.tcp.connection.AbstractServerConnectionFactory;
import org.springframework.integration.ip.tcp.connection.TcpNioServerConnectionFactory;
import org.springframework.integration.ip.tcp.inbound.TcpInboundGateway;
import org.springframework.integration.ip.tcp.serializer.ByteArrayLfSerializer;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHandler;

/**
 * Program that serves lines with the TCP adapter of Spring Integration.
 */
public final class IntegrationServer {

	private IntegrationServer() {
	}

	/**
	 * Start the server.
	 * @param args nothing
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Configured.class);
		AbstractServerConnectionFactory factory = context.getBean(AbstractServerConnectionFactory.class);
		while (!factory.isListening()) {
			Thread.sleep(10);
		}
		System.out.println("READY " + factory.getPort());
	}

	/**
	 * The beans.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableIntegration
	static class Configured {

		@Bean
		AbstractServerConnectionFactory connectionFactory() {
			TcpNioServerConnectionFactory factory = new TcpNioServerConnectionFactory(0);
			factory.setUsingDirectBuffers(true);
			factory.setSoTcpNoDelay(true);
			factory.setSerializer(new ByteArrayLfSerializer());
			factory.setDeserializer(new ByteArrayLfSerializer());
			return factory;
		}

		@Bean
		DirectChannel requests() {
			return new DirectChannel();
		}

		@Bean
		@ServiceActivator(inputChannel = "requests")
		MessageHandler echo() {
			return new AbstractReplyProducingMessageHandler() {

				@Override
				protected Object handleRequestMessage(Message<?> request) {
					return new String((byte[]) request.getPayload(), StandardCharsets.UTF_8);
				}

			};
		}

		@Bean
		TcpInboundGateway gateway(AbstractServerConnectionFactory connectionFactory, DirectChannel requests) {
			TcpInboundGateway gateway = new TcpInboundGateway();
			gateway.setConnectionFactory(connectionFactory);
			gateway.setRequestChannel(requests);
			return gateway;
		}

	}

}
