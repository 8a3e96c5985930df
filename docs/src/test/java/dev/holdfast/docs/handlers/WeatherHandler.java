package dev.holdfast.docs.handlers;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

@SocketController("weather")
class WeatherHandler {

	private final WeatherService weather;

	WeatherHandler(WeatherService weather) {
		this.weather = weather;
	}

	@OnOpen
	Mono<String> greet() {
		return this.weather.motto();
	}

	@OnMessage("now")
	CompletableFuture<String> now(String line) {
		return this.weather.temperature(city(line));
	}

	@OnMessage("watch")
	Flux<String> watch(String line) {
		return Flux.interval(Duration.ofSeconds(1))
			.take(60)
			.concatMap((second) -> Mono.fromFuture(this.weather.temperature(city(line))));
	}

	@OnMessage("last")
	Optional<String> last(String line) {
		return this.weather.lastKnown(city(line));
	}

	private static String city(String line) {
		return line.substring(line.indexOf(' ') + 1);
	}

	interface WeatherService {

		Mono<String> motto();

		CompletableFuture<String> temperature(String city);

		Optional<String> lastKnown(String city);

	}

}
