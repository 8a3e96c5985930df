package dev.holdfast.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.CompositeTaskDecorator;
import org.springframework.validation.SmartValidator;

import dev.holdfast.capacity.Descriptors;
import dev.holdfast.codec.Framing;
import dev.holdfast.codec.PayloadCodec;
import dev.holdfast.connection.ConnectionListener;
import dev.holdfast.connection.Connections;
import dev.holdfast.handler.HandlerArgumentResolver;
import dev.holdfast.handler.HandlerExtensions;
import dev.holdfast.handler.HandlerResultHandler;
import dev.holdfast.handler.MessageInterceptor;
import dev.holdfast.handler.MessageRouter;
import dev.holdfast.handler.SocketController;
import dev.holdfast.handler.SocketControllers;
import dev.holdfast.server.DrainSettings;
import dev.holdfast.server.SocketServer;
import dev.holdfast.server.SocketServerCustomizer;
import dev.holdfast.server.SocketServerFactory;
import dev.holdfast.server.SocketServers;
import dev.holdfast.server.context.SocketServerGracefulShutdownLifecycle;
import dev.holdfast.server.context.SocketServerPortPublisher;
import dev.holdfast.server.context.SocketServerStartStopLifecycle;
import dev.holdfast.server.netty.ChannelPipelineCustomizer;
import dev.holdfast.server.netty.NettyConnections;
import dev.holdfast.server.netty.NettyCustomization;
import dev.holdfast.server.netty.NettyNode;
import dev.holdfast.server.netty.NettySocketServerFactory;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for socket servers. Without a
 * configured server nothing is started, but {@link Connections} are there all the same.
 */
@AutoConfiguration(after = SslAutoConfiguration.class,
		afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@EnableConfigurationProperties(HoldfastProperties.class)
@Import(JacksonConfiguration.class)
public final class SocketServerAutoConfiguration {

	private static final Pattern SERVER_NAME = Pattern.compile("[a-z0-9-]+");

	private static final Pattern NODE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

	@Bean
	@ConditionalOnMissingBean
	NettyNode holdfastNode(HoldfastProperties properties) {
		Integer eventLoops = properties.eventLoops();
		check("event-loops", eventLoops, eventLoops == null || eventLoops > 0, "It must be positive.");
		Long maxConnections = properties.maxConnections();
		check("max-connections", maxConnections, maxConnections == null || maxConnections >= 0,
				"It must not be negative.");
		Duration threshold = properties.watchdog().threshold();
		check("watchdog.threshold", threshold, !threshold.isNegative(), "It must not be negative.");
		return new NettyNode(nodeId(properties.cluster().nodeId()),
				(eventLoops != null) ? eventLoops : Runtime.getRuntime().availableProcessors(),
				(maxConnections != null) ? maxConnections : Descriptors.current().maxConnections(0), threshold,
				properties.io());
	}

	private static String nodeId(@Nullable String nodeId) {
		check("cluster.node-id", nodeId, nodeId == null || NODE_ID.matcher(nodeId).matches(),
				"It has 1 to 64 of the characters A to Z, a to z, 0 to 9, '.', '_' and '-'.");
		return (nodeId != null) ? nodeId : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
	}

	@Bean
	@ConditionalOnMissingBean(Connections.class)
	NettyConnections holdfastConnections(NettyNode node) {
		return new NettyConnections(node);
	}

	@Bean
	@ConditionalOnMissingBean
	SocketServerFactory socketServerFactory(NettyNode node, ObjectProvider<SocketServerCustomizer> servers,
			ObjectProvider<ChannelPipelineCustomizer> pipelines, ObjectProvider<ConnectionListener> listeners) {
		return new NettySocketServerFactory(node, new NettyCustomization(servers.orderedStream().toList(),
				pipelines.orderedStream().toList(), listeners.orderedStream().toList()));
	}

	@Bean
	@ConditionalOnMissingBean
	SocketControllers socketControllers(ListableBeanFactory beanFactory, HandlerExtensions extensions) {
		return new SocketControllers(beanFactory.getBeansWithAnnotation(SocketController.class).values(), extensions);
	}

	@Bean
	@ConditionalOnMissingBean
	HandlerExtensions handlerExtensions(ListableBeanFactory beanFactory, BlockingExecutors executors) {
		return new HandlerExtensions(beans(beanFactory, HandlerArgumentResolver.class),
				beans(beanFactory, HandlerResultHandler.class), beans(beanFactory, MessageInterceptor.class),
				beanFactory.getBeanProvider(SmartValidator.class).getIfAvailable(), executors::get);
	}

	private static <T> List<T> beans(ListableBeanFactory beanFactory, Class<T> type) {
		return beanFactory.getBeanProvider(type).orderedStream().toList();
	}

	@Bean
	BlockingExecutors blockingExecutors(HoldfastProperties properties, Environment environment,
			ObjectProvider<TaskDecorator> decorators,
			@Qualifier(BlockingExecutors.BEAN_NAME) ObjectProvider<Executor> executor) {
		int maxThreads = properties.blocking().maxThreads();
		check("blocking.max-threads", maxThreads, maxThreads > 0, "It must be positive.");
		int queue = properties.blocking().queue();
		check("blocking.queue", queue, queue >= 0, "It must not be negative.");
		return new BlockingExecutors(properties.blocking(), Threading.VIRTUAL.isActive(environment),
				decorator(decorators.orderedStream().toList()), executor.getIfAvailable());
	}

	private static @Nullable TaskDecorator decorator(List<TaskDecorator> decorators) {
		return decorators.isEmpty() ? null : new CompositeTaskDecorator(decorators);
	}

	@Bean
	@ConditionalOnMissingBean
	SocketServers socketServers(HoldfastProperties properties, SocketServerFactory factory,
			SocketControllers controllers, ServerDefinitionFactory definitions) {
		verify(properties.servers().keySet());
		controllers.verify(new LinkedHashSet<>(properties.servers().keySet()));
		List<SocketServer> servers = new ArrayList<>();
		properties.servers().forEach((name, server) -> {
			if (server.enabled()) {
				servers.add(factory.create(definitions.create(name, server)));
			}
		});
		return new SocketServers(servers);
	}

	@Bean
	ServerDefinitionFactory serverDefinitionFactory(ObjectProvider<JsonSupport> json,
			ObjectProvider<MessageRouter> router, Map<String, Framing> framings, Map<String, PayloadCodec> codecs,
			SocketControllers controllers, ObjectProvider<SslBundles> bundles) {
		PayloadFactory payloads = new PayloadFactory(codecs, json.getIfAvailable(), router.getIfUnique());
		return new ServerDefinitionFactory(new FramingFactory(framings), payloads, controllers,
				bundles.getIfAvailable());
	}

	@Bean
	@ConditionalOnMissingBean
	SocketServerStartStopLifecycle socketServerStartStopLifecycle(ApplicationContext context, SocketServers servers) {
		return new SocketServerStartStopLifecycle(context, servers);
	}

	@Bean
	@ConditionalOnMissingBean
	DrainSettings drainSettings(HoldfastProperties properties) {
		HoldfastProperties.Shutdown shutdown = properties.shutdown();
		check("shutdown.grace", shutdown.grace(), !shutdown.grace().isNegative(), "It must not be negative.");
		check("shutdown.delay", shutdown.delay(), !shutdown.delay().isNegative(), "It must not be negative.");
		check("shutdown.drain-rate", shutdown.drainRate(), shutdown.drainRate() >= 0, "It must not be negative.");
		return new DrainSettings(shutdown.grace(), shutdown.drainRate(), shutdown.goodbye());
	}

	@Bean
	@ConditionalOnMissingBean
	SocketServerGracefulShutdownLifecycle socketServerGracefulShutdownLifecycle(ApplicationContext context,
			SocketServers servers, DrainSettings settings, HoldfastProperties properties) {
		return new SocketServerGracefulShutdownLifecycle(servers, settings, properties.shutdown().delay(),
				() -> AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC));
	}

	@Bean
	static ShutdownTimeoutPostProcessor shutdownTimeoutPostProcessor(Environment environment) {
		return new ShutdownTimeoutPostProcessor(environment);
	}

	@Bean
	@ConditionalOnMissingBean
	static SocketServerPortPublisher socketServerPortPublisher() {
		return new SocketServerPortPublisher();
	}

	private static void verify(Set<String> names) {
		for (String name : names) {
			check("servers." + name, name, SERVER_NAME.matcher(name).matches(),
					"A server's name has only the characters a to z, 0 to 9 and '-'.");
		}
	}

	private static void check(String key, @Nullable Object value, boolean valid, String reason) {
		if (!valid) {
			throw new InvalidConfigurationPropertyValueException("holdfast." + key, value, reason);
		}
	}

}
