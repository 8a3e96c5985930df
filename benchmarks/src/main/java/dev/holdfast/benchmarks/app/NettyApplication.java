package dev.holdfast.benchmarks.app;

import java.net.InetSocketAddress;

import io.netty.channel.Channel;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.holdfast.benchmarks.server.NettyServer;

/**
 * Program that starts a Spring Boot application with a hand-written Netty server as a
 * bean.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NettyApplication {

	/**
	 * Start the application.
	 * @param args arguments of the application
	 */
	public static void main(String[] args) {
		Channel server = SpringApplication.run(NettyApplication.class, args).getBean(Channel.class);
		System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
	}

	@Bean
	Channel server() throws Exception {
		return NettyServer.start("echo", null);
	}

}
