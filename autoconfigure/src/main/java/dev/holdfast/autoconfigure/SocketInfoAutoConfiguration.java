package dev.holdfast.autoconfigure;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.holdfast.actuate.SocketsInfoContributor;
import dev.holdfast.server.SocketServers;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for what the {@code info} endpoint
 * tells of socket servers.
 */
@AutoConfiguration(after = SocketServerAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnBean(SocketServers.class)
public final class SocketInfoAutoConfiguration {

	@Bean
	@ConditionalOnEnabledInfoContributor("sockets")
	@ConditionalOnMissingBean(name = "socketsInfoContributor")
	SocketsInfoContributor socketsInfoContributor(SocketServers servers) {
		return new SocketsInfoContributor(servers);
	}

}
