import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * Two people who chat in one room of the sample application, each on a node of its own:
 * {@code java Chat.java URL URL}. They stay connected until the program is ended.
 */
class Chat {

	private static final long TIMEOUT = 20_000;

	public static void main(String[] args) throws Exception {
		Member alice = new Member(args[0], "alice");
		Member bob = new Member(args[1], "bob");
		alice.join("attic");
		alice.await("her own arrival", (event) -> isList(event, "alice"));
		bob.join("attic");
		bob.await("his own arrival", (event) -> isList(event, "bob"));
		bob.await("that alice is there", (event) -> isHere(event, "alice"));
		alice.await("that bob is there", (event) -> isHere(event, "bob"));
		for (int i = 0; i < 10; i++) {
			alice.say("from alice " + i);
			bob.say("from bob " + i);
		}
		for (Member member : List.of(alice, bob)) {
			member.await("all that was said", (event) -> member.said("alice") + member.said("bob") == 20);
			member.check("alice");
			member.check("bob");
		}
		System.out.println("alice and bob chat, on nodes " + alice.node() + " and " + bob.node());
		new CountDownLatch(1).await();
	}

	private static boolean isList(String event, String name) {
		return event.contains("\"type\":\"joined\"") && event.contains("\"" + name + "\"");
	}

	private static boolean isHere(String event, String name) {
		return event.contains("\"type\":\"here\"") && event.contains("\"" + name + "\"");
	}

	/**
	 * Somebody who chats.
	 */
	private static final class Member implements WebSocket.Listener {

		private final String name;

		private final List<String> events = new CopyOnWriteArrayList<>();

		private final StringBuilder text = new StringBuilder();

		private final CountDownLatch open = new CountDownLatch(1);

		private final WebSocket socket;

		Member(String url, String name) throws Exception {
			this.name = name;
			this.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(url), this).join();
			this.open.await();
		}

		@Override
		public void onOpen(WebSocket socket) {
			this.open.countDown();
			socket.request(1);
		}

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.events.add(this.text.toString());
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		void join(String room) {
			send("{\"type\":\"join\",\"name\":\"%s\",\"room\":\"%s\"}".formatted(this.name, room));
		}

		void say(String text) {
			send("{\"type\":\"say\",\"text\":\"%s\"}".formatted(text));
		}

		private void send(String message) {
			this.socket.sendText(message, true).join();
		}

		String node() {
			String joined = this.events.stream().filter((event) -> isList(event, this.name)).findFirst().orElseThrow();
			return joined.replaceFirst(".*\"node\":\"([^\"]*)\".*", "$1");
		}

		long said(String from) {
			return this.events.stream().filter((event) -> event.contains("\"text\":\"from " + from)).count();
		}

		void check(String from) {
			List<String> said = this.events.stream()
				.filter((event) -> event.contains("\"text\":\"from " + from))
				.map((event) -> event.replaceFirst(".*\"text\":\"([^\"]*)\".*", "$1"))
				.toList();
			List<String> expected = Arrays.stream(new int[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
				.mapToObj((i) -> "from " + from + " " + i)
				.toList();
			if (!said.equals(expected)) {
				throw new IllegalStateException(this.name + " received " + said + " from " + from);
			}
		}

		void await(String what, Predicate<String> condition) throws InterruptedException {
			long end = System.currentTimeMillis() + TIMEOUT;
			while (this.events.stream().noneMatch(condition)) {
				if (System.currentTimeMillis() > end) {
					throw new IllegalStateException(this.name + " did not receive " + what + ", but " + this.events);
				}
				Thread.sleep(20);
			}
		}

	}

}
