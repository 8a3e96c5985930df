package dev.holdfast.server.netty;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The file of a Unix domain socket. Netty removes it when the server no longer listens.
 * Immutable.
 *
 * @param path the path of the file
 */
record UnixSocketFile(Path path) {

	private static final int TYPE = 0170000;

	private static final int SOCKET = 0140000;

	/**
	 * Remove what a server has left behind that did not end in order.
	 * @throws IOException if the file is no socket, or if someone listens on it
	 */
	void removeStale() throws IOException {
		if (!Files.exists(this.path, LinkOption.NOFOLLOW_LINKS)) {
			checkDirectory();
			return;
		}
		if (!isSocket()) {
			throw new FileAlreadyExistsException(this.path.toString(), null, "the file is no socket");
		}
		if (isServed()) {
			throw new BindException("Address already in use");
		}
		Files.deleteIfExists(this.path);
	}

	private void checkDirectory() throws IOException {
		Path directory = this.path.toAbsolutePath().getParent();
		if (directory != null && !Files.isDirectory(directory)) {
			throw new NoSuchFileException(directory.toString(), null, "there is no such directory");
		}
	}

	private boolean isSocket() throws IOException {
		try {
			Object mode = Files.getAttribute(this.path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
			return ((Integer) mode & TYPE) == SOCKET;
		}
		catch (UnsupportedOperationException | IllegalArgumentException ex) {
			return Files.readAttributes(this.path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).isOther();
		}
	}

	/**
	 * Whether anything but a refusal comes when one connects: a full backlog, too.
	 * @return whether someone listens, or may
	 */
	private boolean isServed() throws IOException {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.configureBlocking(false);
			channel.connect(UnixDomainSocketAddress.of(this.path));
			return true;
		}
		catch (ConnectException ex) {
			return false;
		}
	}

	/**
	 * Decide who may connect.
	 * @param permissions the permissions, {@code null} for those that the process gives
	 * @throws IOException if they cannot be set
	 */
	void permit(@Nullable Set<PosixFilePermission> permissions) throws IOException {
		if (permissions != null) {
			Files.setPosixFilePermissions(this.path, permissions);
		}
	}

}
