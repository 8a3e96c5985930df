const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
const PING_INTERVAL = 25_000;
const PONG_TIMEOUT = 10_000;
const CONNECTING = {readyState: WebSocket.CONNECTING};
const CLOSED = {readyState: WebSocket.CLOSED};

/**
 * Return how long to wait before another attempt: twice as long each time, up to half a
 * minute, and by chance up to half less, so that a thousand pages do not come back at once.
 */
export function delay(attempt, random = Math.random) {
	const longest = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** attempt);
	return Math.round(longest * (0.5 + 0.5 * random()));
}

/**
 * A WebSocket that comes back. It asks "address" where to connect to and calls "changed" with its state ("connecting", "open" or
 * "waiting", then with the milliseconds until the next attempt), and "received" with each
 * message. A ping every 25 seconds finds a connection that is dead without saying so.
 */
export class Connection {

	#address;
	#changed;
	#received;
	#socket = null;
	#attempt = 0;
	#retry = 0;
	#pings = 0;
	#pong = 0;

	constructor(address, changed, received) {
		this.#address = address;
		this.#changed = changed;
		this.#received = received;
		addEventListener("online", () => this.#now());
		document.addEventListener("visibilitychange", () => {
			if (!document.hidden) {
				this.#now();
			}
		});
	}

	async open() {
		clearTimeout(this.#retry);
		this.#changed("connecting");
		this.#socket = CONNECTING;
		try {
			this.#connect(new WebSocket(await this.#address()));
		}
		catch {
			this.#closed(CONNECTING);
		}
	}

	#connect(socket) {
		this.#socket = socket;
		socket.addEventListener("open", () => this.#opened(socket));
		socket.addEventListener("close", () => this.#closed(socket));
		socket.addEventListener("message", (event) => this.#message(socket, event.data));
	}

	send(message) {
		if (this.#socket?.readyState !== WebSocket.OPEN) {
			return false;
		}
		this.#socket.send(JSON.stringify(message));
		return true;
	}

	#now() {
		if (this.#socket?.readyState === WebSocket.CLOSED) {
			this.open();
		}
	}

	#opened(socket) {
		this.#pings = setInterval(() => this.#ping(socket), PING_INTERVAL);
		this.#changed("open");
	}

	#ping(socket) {
		this.send({type: "ping"});
		clearTimeout(this.#pong);
		this.#pong = setTimeout(() => {
			socket.close();
			this.#closed(socket);
		}, PONG_TIMEOUT);
	}

	#message(socket, text) {
		if (socket !== this.#socket) {
			return;
		}
		clearTimeout(this.#pong);
		this.#attempt = 0;
		const message = JSON.parse(text);
		if (message.type !== "pong") {
			this.#received(message);
		}
	}

	#closed(socket) {
		if (socket !== this.#socket) {
			return;
		}
		this.#socket = CLOSED;
		clearInterval(this.#pings);
		clearTimeout(this.#pong);
		const wait = delay(this.#attempt++);
		this.#retry = setTimeout(() => this.open(), wait);
		this.#changed("waiting", wait);
	}

}
