package dev.holdfast.docs.handlers;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("store")
class StoreHandler {

	private final Map<String, String> values = new ConcurrentHashMap<>();

	@OnMessage("set")
	void set(String line) {
		String[] words = line.split(" ", 3);
		this.values.put(words[1], words[2]);
	}

	@OnMessage("get")
	Optional<String> get(String line) {
		return Optional.ofNullable(this.values.get(line.split(" ", 2)[1]));
	}

	@OnMessage
	String other() {
		return "Say 'set key value' or 'get key'";
	}

}
