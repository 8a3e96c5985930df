package dev.holdfast.sample.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.holdfast.test.SocketTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What many connections ask the {@code world} server at once. Immutable.
 *
 * @param port the port of the server
 */
record WorldLoad(int port) {

	private static final int CONNECTIONS = 256;

	private static final int THREADS = 32;

	World db() {
		try (SocketTestClient client = SocketTestClient.connect(this.port)) {
			client.send("db");
			return JsonMapper.shared().readValue(client.receive(), World.class);
		}
	}

	/**
	 * Ask for rows over 256 connections at once, and check each answer.
	 * @param request what to ask
	 * @param count the number of rows in each answer
	 * @return all rows
	 * @throws Exception if one is wrong
	 */
	List<World> ask(String request, int count) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(THREADS);
		List<SocketTestClient> clients = new ArrayList<>();
		try {
			for (int i = 0; i < CONNECTIONS; i++) {
				clients.add(SocketTestClient.to(this.port).timeout(Duration.ofSeconds(60)).connect());
			}
			clients.forEach((client) -> client.send(request));
			return answers(executor, clients, count);
		}
		finally {
			clients.forEach(SocketTestClient::close);
			executor.shutdownNow();
		}
	}

	private List<World> answers(ExecutorService executor, List<SocketTestClient> clients, int count) throws Exception {
		List<Callable<List<World>>> tasks = new ArrayList<>();
		clients.forEach((client) -> tasks.add(() -> check(client.receive(), count)));
		List<World> rows = new ArrayList<>();
		for (Future<List<World>> answer : executor.invokeAll(tasks)) {
			rows.addAll(answer.get());
		}
		return rows;
	}

	private static List<World> check(String answer, int count) {
		List<World> rows = Arrays.asList(JsonMapper.shared().readValue(answer, World[].class));
		assertThat(rows).hasSize(count).allSatisfy((row) -> {
			assertThat(row.id()).isBetween(1, World.ROWS);
			assertThat(row.randomNumber()).isBetween(1, World.ROWS);
		});
		assertThat(rows).extracting(World::id).doesNotHaveDuplicates();
		return rows;
	}

	/**
	 * Check that each row that was told to be written is in the table, or was overwritten
	 * by another that was told.
	 * @param told the rows that were told
	 * @param repository the table
	 */
	static void assertStored(List<World> told, WorldRepository repository) {
		Set<World> written = new HashSet<>(told);
		List<Integer> ids = told.stream().map(World::id).distinct().toList();
		List<World> stored = Flux.fromIterable(ids)
			.flatMap((id) -> Mono.fromCompletionStage(repository.find(id)))
			.collectList()
			.block();
		assertThat(stored).hasSameSizeAs(ids).allMatch(written::contains);
	}

}
