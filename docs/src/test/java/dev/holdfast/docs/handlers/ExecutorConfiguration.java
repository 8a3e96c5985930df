package dev.holdfast.docs.handlers;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ExecutorConfiguration {

	@Bean(defaultCandidate = false)
	Executor holdfastExecutor() {
		return Executors.newFixedThreadPool(16);
	}

}
