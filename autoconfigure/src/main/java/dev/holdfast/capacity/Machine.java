package dev.holdfast.capacity;

import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

/**
 * What the machine, and the container, give to this process. Immutable.
 *
 * @param descriptors file descriptors
 * @param memory memory of the machine or the control group
 * @param heap the Java heap
 * @param tcpMemory memory for data under way, {@code null} when it is not known
 * @param somaxconn how many connections may wait to be accepted at most, 0 when it is not
 * known
 * @param processors how many processors the Java virtual machine sees
 * @param cpuQuota how many processors the control group may use, {@code null} when there
 * is no quota
 */
public record Machine(Descriptors descriptors, SystemMemory memory, HeapMemory heap, @Nullable TcpMemory tcpMemory,
		long somaxconn, int processors, @Nullable Double cpuQuota) {

	static Machine read(SystemFiles files, HeapMemory heap) {
		return new Machine(Descriptors.read(files), SystemMemory.read(files), heap, TcpMemory.read(files),
				files.number("proc/sys/net/core/somaxconn").orElse(0), Runtime.getRuntime().availableProcessors(),
				ControlGroup.cpuQuota(files));
	}

	static OptionalLong descriptorMaximum(SystemFiles files) {
		return files.number("proc/sys/fs/nr_open");
	}

}
