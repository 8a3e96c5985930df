package dev.holdfast.cluster;

import java.util.List;

import io.netty.buffer.ByteBuf;

import dev.holdfast.connection.Connections;
import dev.holdfast.server.ConnectionFilter;

/**
 * Which of its connections a node is asked for. Immutable.
 *
 * @param filter what the connections have in common
 * @param offset how many to skip
 * @param limit the most to return
 */
record ConnectionQuery(ConnectionFilter filter, long offset, int limit) {

	long total(Connections connections) {
		return this.filter.count(connections);
	}

	List<ConnectionInfo> select(Connections connections) {
		return this.filter.select(connections, this.offset).limit(this.limit).map(ConnectionInfo::of).toList();
	}

	void write(ByteBuf out) {
		Wire.writeNullable(out, this.filter.server());
		Wire.writeNullable(out, this.filter.user());
		Wire.writeNullable(out, this.filter.group());
		Wire.writeNullable(out, this.filter.address());
		out.writeLong(this.offset).writeInt(this.limit);
	}

	static ConnectionQuery read(ByteBuf in) {
		ConnectionFilter filter = new ConnectionFilter(Wire.readNullable(in), Wire.readNullable(in),
				Wire.readNullable(in), Wire.readNullable(in));
		return new ConnectionQuery(filter, in.readLong(), in.readInt());
	}

}
