package dev.holdfast.docs.push;

import java.util.concurrent.CompletableFuture;

import org.springframework.stereotype.Component;

import dev.holdfast.connection.SocketConnection;

@Component
class Orders {

	CompletableFuture<Boolean> deliver(SocketConnection connection, String order) {
		return connection.sendAsync(order).handle((done, failure) -> failure == null);
	}

}
