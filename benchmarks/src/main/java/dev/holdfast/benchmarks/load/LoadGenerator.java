package dev.holdfast.benchmarks.load;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * Program that puts load on a server and prints one line of results per plan. A plan is
 * given as {@code key=value} arguments, or one per line of the standard input, so that
 * one warm process can measure many servers in turn. Confined to its main thread.
 */
public final class LoadGenerator implements AutoCloseable {

	private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
			new DefaultThreadFactory("load", true), EpollIoHandler.newFactory());

	private final List<HeldConnections> held = new ArrayList<>();

	/**
	 * Run plans until the standard input ends.
	 * @param args a single plan, or nothing to read plans
	 * @throws Exception if a plan cannot be run
	 */
	public static void main(String[] args) throws Exception {
		try (LoadGenerator generator = new LoadGenerator()) {
			if (args.length > 0) {
				System.out.println(generator.run(LoadPlan.parse(args)));
				return;
			}
			BufferedReader plans = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String plan = plans.readLine(); plan != null; plan = plans.readLine()) {
				System.out.println(generator.run(LoadPlan.parse(plan.trim().split(" +"))));
			}
		}
	}

	LoadResult run(LoadPlan plan) throws Exception {
		Load load = new Load(this.group.next(), plan);
		return switch (plan.kind()) {
			case CLOSED -> new ClosedLoop(load).run();
			case QUERY -> new QueryLoop(load).run();
			case OPEN -> new OpenLoop(load).run();
			case BROADCAST -> new BroadcastReceivers(load).run();
			case CONNECT -> new ConnectRate(load).run();
			case HOLD -> hold(load);
			case DROP -> drop();
		};
	}

	private LoadResult hold(Load load) throws Exception {
		HeldConnections held = new HeldConnections(load);
		this.held.add(held);
		return held.open();
	}

	private LoadResult drop() throws Exception {
		for (HeldConnections held : this.held) {
			held.close();
		}
		this.held.clear();
		return new LoadResult().with("connections", 0);
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
	}

}
