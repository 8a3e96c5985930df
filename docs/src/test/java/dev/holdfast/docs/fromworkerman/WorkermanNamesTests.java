package dev.holdfast.docs.fromworkerman;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code docs/from-workerman.md} has an answer for each name of Workerman and
 * GatewayWorker.
 */
class WorkermanNamesTests {

	private static final Path PAGE = Path.of(System.getProperty("basedir", "")).resolve("from-workerman.md");

	private static final List<String> SETTINGS = names("""
			id name count user group reloadable reusePort transport protocol eventLoop connections stopping daemonize
			stdoutFile pidFile statusFile logFile logFileMaxSize stopTimeout eventLoopClass command globalEvent
			DEFAULT_BACKLOG pauseAccept resumeAccept listen unlisten runAll stopAll getAllWorkers getEventLoop
			isRunning getStatus log safeEcho Select Event Ev Fiber Swoole Swow text:// frame:// websocket:// tcp://
			udp:// unix:// ssl:// http:// input decode encode""");

	private static final List<String> CALLBACKS = names("""
			onWorkerStart onWorkerReload onWorkerStop onConnect onMessage onClose onError onBufferFull onBufferDrain
			onWebSocketConnect onWebSocketConnected onWebSocketPing onWebSocketPong onWebSocketClose onMasterReload
			onMasterStop onWorkerExit""");

	private static final List<String> CONNECTION = names("""
			worker context bytesRead bytesWritten maxSendBufferSize defaultMaxSendBufferSize maxPackageSize
			defaultMaxPackageSize lingerTimeout websocketType headers send close end destroy pauseRecv resumeRecv pipe
			consumeRecvBuffer getRemoteIp getRemotePort getRemoteAddress getLocalIp getLocalPort getLocalAddress
			getSendBufferQueueSize getRecvBufferQueueSize bufferIsEmpty isIpV4 isIpV6 getSocket jsonSerialize INITIAL
			CLOSED READ_BUFFER_SIZE MAX_CACHE_SIZE AsyncTcpConnection AsyncUdpConnection reconnect SOCKS5 ws://""");

	private static final List<String> REST = names("""
			Timer::add Timer::delay Timer::repeat Timer::del Timer::delAll Timer::sleep Crontab start stop restart
			reload status -d -g -q SIGINT SIGTERM SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGIOT SIGIO send_fail timers
			total_request qps memory listening exit_status exit_count Recv-Q Send-Q Bytes-R CID Coroutine Barrier
			Parallel WaitGroup Pool Locker SSE withFile MQTT STOMP PHPSocket.IO Thrift JsonRpc max-requests webman
			Pusher GlobalData Channel subscribe publish publishLoop watch enqueue reserve increment cas""");

	private static final List<String> GATEWAY = names("""
			Register Gateway BusinessWorker registerAddress secretKey startPort lanIp innerTcpWorkerListen client_id
			_SESSION setSession updateSession getSession sendToAll sendToClient sendToCurrentClient sendToUid
			sendToGroup exclude_client_ids raw protocolAccelerate bindUid unbindUid joinGroup leaveGroup ungroup
			isOnline isUidOnline getClientIdByUid getUidByClientId getAllClientCount getAllClientIdCount
			getClientCountByGroup getClientIdCountByGroup getAllClientIdList getClientIdListByGroup getAllUidList
			getAllUidCount getUidListByGroup getUidCountByGroup getAllGroupIdList getAllGroupUidList
			getAllGroupUidCount getAllGroupClientIdList getAllGroupClientIdCount getAllClientSessions
			getClientSessionsByGroup closeClient closeCurrentClient destoryClient pingInterval pingNotResponseLimit
			pingData router selectLoadBalancingMode sendToWorkerBufferSize sendToClientBufferSize
			sendToGatewayBufferSize onBusinessWorkerConnected onBusinessWorkerClose GatewayClient REMOTE_ADDR""");

	@Test
	void pageWhenReadNamesEverything() throws IOException {
		String page = Files.readString(PAGE);
		assertThat(SETTINGS).allSatisfy((name) -> assertThat(page).contains(name));
		assertThat(CALLBACKS).allSatisfy((name) -> assertThat(page).contains("`" + name + "`"));
		assertThat(CONNECTION).allSatisfy((name) -> assertThat(page).contains(name));
		assertThat(REST).allSatisfy((name) -> assertThat(page).contains(name));
		assertThat(GATEWAY).allSatisfy((name) -> assertThat(page).contains(name));
	}

	private static List<String> names(String text) {
		return List.of(text.strip().split("\\s+"));
	}

}
