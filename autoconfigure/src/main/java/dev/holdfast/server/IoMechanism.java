package dev.holdfast.server;

import java.util.Locale;

/**
 * How all servers of a process move bytes. Immutable.
 */
public enum IoMechanism {

	/**
	 * The native mechanism of the platform, epoll or kqueue, if it is available, else
	 * that of the Java platform.
	 */
	AUTO,

	/**
	 * The native mechanism of Linux.
	 */
	EPOLL,

	/**
	 * The native mechanism of macOS and BSD.
	 */
	KQUEUE,

	/**
	 * The mechanism of the Java platform, which is always available.
	 */
	NIO,

	/**
	 * The newer native mechanism of Linux.
	 */
	IO_URING;

	/**
	 * Return the name of the mechanism in the configuration and in what is shown.
	 * @return the name in lower case, such as {@code io-uring}
	 */
	public String id() {
		return (this == IO_URING) ? "io-uring" : name().toLowerCase(Locale.ROOT);
	}

}
