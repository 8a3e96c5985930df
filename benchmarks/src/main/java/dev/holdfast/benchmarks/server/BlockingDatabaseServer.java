package dev.holdfast.benchmarks.server;

import java.net.InetSocketAddress;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;

/**
 * Program that answers each line with a random row of the database, as servers of worker
 * processes do: two loops per core, each with a connection of its own to the database,
 * and each waiting for its answer before it does anything else.
 */
public final class BlockingDatabaseServer {

	private static final int LOOPS_PER_CORE = 2;

	private static final int MAX_LINE = 1024;

	private static final String UNIX = "&sslMode=disable"
			+ "&socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg&socketFactoryArg=/tmp/.s.PGSQL.%s";

	private BlockingDatabaseServer() {
	}

	/**
	 * Start the server.
	 * @param args "tcp" or "unix", the way to the database
	 * @throws Exception if it cannot start
	 */
	public static void main(String[] args) throws Exception {
		int loops = LOOPS_PER_CORE * Runtime.getRuntime().availableProcessors();
		QueryHandler handler = new QueryHandler(url("unix".equals(args[0])));
		Channel server = new ServerBootstrap()
			.group(new MultiThreadIoEventLoopGroup(loops, EpollIoHandler.newFactory()))
			.channel(EpollServerSocketChannel.class)
			.childOption(ChannelOption.TCP_NODELAY, true)
			.childHandler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					channel.pipeline().addLast(new LineBasedFrameDecoder(MAX_LINE), handler);
				}

			})
			.bind(0)
			.sync()
			.channel();
		System.out.println("READY " + ((InetSocketAddress) server.localAddress()).getPort());
	}

	private static String url(boolean unix) {
		String port = System.getProperty("database.port");
		String url = "jdbc:postgresql://localhost:%s/postgres?prepareThreshold=1".formatted(port);
		return unix ? url + UNIX.formatted(port) : url;
	}

	/**
	 * Asks the database and waits. Thread-safe.
	 */
	@Sharable
	private static final class QueryHandler extends StringHandler {

		private final ThreadLocal<PreparedStatement> statements = ThreadLocal.withInitial(this::prepare);

		private final String url;

		QueryHandler(String url) {
			this.url = url;
		}

		private PreparedStatement prepare() {
			try {
				return DriverManager.getConnection(this.url, "postgres", "postgres")
					.prepareStatement("SELECT id, randomnumber FROM world WHERE id = ?");
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		protected String handle(String line) {
			try {
				PreparedStatement statement = this.statements.get();
				statement.setInt(1, ThreadLocalRandom.current().nextInt(10_000) + 1);
				try (ResultSet rows = statement.executeQuery()) {
					rows.next();
					return "{\"id\":" + rows.getInt(1) + ",\"randomNumber\":" + rows.getInt(2) + "}";
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
