package dev.holdfast.docs.fromworkerman;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.tcp.TcpClient;

import dev.holdfast.connection.SocketConnection;
import dev.holdfast.handler.OnClose;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.OnOpen;
import dev.holdfast.handler.SocketController;

@SocketController("entrance")
class PipeHandler {

	private final Map<String, Connection> outgoing = new ConcurrentHashMap<>();

	@OnOpen
	Mono<Void> opened(SocketConnection client) {
		return TcpClient.create().host("localhost").port(5432).connect().doOnNext((backend) -> {
			this.outgoing.put(client.id(), backend);
			backend.inbound()
				.receive()
				.retain()
				.doFinally((end) -> client.close())
				.subscribe((bytes) -> client.send(bytes));
		}).then();
	}

	@OnMessage
	Mono<Void> message(byte[] bytes, SocketConnection client) {
		return this.outgoing.get(client.id()).outbound().sendByteArray(Mono.just(bytes)).then();
	}

	@OnClose
	void closed(SocketConnection client) {
		Optional.ofNullable(this.outgoing.remove(client.id())).ifPresent(Connection::dispose);
	}

}
