/**
 * What was sampled in the last ten minutes.
 */

/** How far back samples are kept, in milliseconds. */
export const SPAN_MILLIS = 600_000;

const GAP_MILLIS = 5000;

/**
 * What one server had counted, and did, at one moment.
 * @typedef {Object} ServerSample
 * @property {number} active connections
 * @property {number} accepted connections so far
 * @property {number} refused connections so far
 * @property {number} bytesReceived bytes so far
 * @property {number} bytesSent bytes so far
 * @property {number} qps messages handled in the last second
 * @property {number} p50Micros median latency of the last minute
 * @property {number} p99Micros its 99th percentile
 * @property {number} maxMicros its maximum
 * @property {Object<string, number>} closed connections ended so far by reason
 */

/**
 * All servers at one moment.
 * @typedef {{time: number, lagMillis: ?number, servers: Object<string, ServerSample>}} Sample
 */

/** Samples in the order of time. */
export class History {

	/** @type {Sample[]} */
	samples = [];

	/** @returns {?Sample} the latest sample */
	get latest() {
		return this.samples.at(-1) ?? null;
	}

	/**
	 * Takes over what the application kept. Samples taken before the application began stay.
	 * @param {Object} kept the answer of the application, in columns
	 */
	load(kept) {
		const offset = Date.now() - kept.now;
		const loaded = kept.times.map((time, index) => sampleOf(kept, index, time + offset));
		const begin = loaded[0]?.time ?? Infinity;
		this.samples = [...this.samples.filter((sample) => sample.time < begin), ...loaded];
		this.#forget();
	}

	/**
	 * Adds what was just read.
	 * @param {Object} now the answer of the application
	 */
	add(now) {
		const servers = Object.entries(now.servers).map(([name, server]) => [name, flat(server)]);
		this.samples.push({
			time: Date.now(), lagMillis: now.eventLoops?.lagMillis ?? null, servers: Object.fromEntries(servers)
		});
		this.#forget();
	}

	#forget() {
		const oldest = (this.latest?.time ?? 0) - SPAN_MILLIS - GAP_MILLIS;
		this.samples = this.samples.filter((sample) => sample.time >= oldest);
	}

	/**
	 * Returns a value of each sample.
	 * @param {number} since the time of the oldest sample to look at
	 * @param {function(Sample): ?number} value the value, `null` where there is none
	 * @returns {Array<[number, ?number]>} times and values; a gap is a `null` between two
	 */
	course(since, value) {
		const points = [];
		for (const sample of this.#since(since)) {
			breakAt(points, sample.time);
			points.push([sample.time, value(sample)]);
		}
		return points;
	}

	/**
	 * Returns how fast a count grew between samples.
	 * @param {number} since the time of the oldest sample to look at
	 * @param {function(Sample): ?number} value the count
	 * @returns {Array<[number, ?number]>} times and growth per second; `null` where the count was reset
	 */
	growth(since, value) {
		return this.steps(since, value).map(([time, step, seconds]) => [time, (step === null) ? null : step / seconds]);
	}

	/**
	 * Returns by how much a count grew from sample to sample.
	 * @param {number} since the time of the oldest sample to look at
	 * @param {function(Sample): ?number} value the count
	 * @returns {Array<[number, ?number, number]>} times, growth and the seconds that it took
	 */
	steps(since, value) {
		const points = [];
		let before = null;
		for (const sample of this.#since(since)) {
			const count = value(sample);
			if (before !== null) {
				breakAt(points, sample.time);
				const lost = count === null || before.count === null || count < before.count
						|| sample.time - before.time > GAP_MILLIS;
				points.push([sample.time, lost ? null : count - before.count, (sample.time - before.time) / 1000]);
			}
			before = { time: sample.time, count };
		}
		return points;
	}

	#since(since) {
		const first = this.samples.findIndex((sample) => sample.time >= since);
		return (first < 0) ? [] : this.samples.slice(Math.max(0, first - 1));
	}

}

function breakAt(points, time) {
	const last = points.at(-1);
	if (last && time - last[0] > GAP_MILLIS) {
		points.push([last[0] + 1, null, 1]);
	}
}

function sampleOf(kept, index, time) {
	const servers = Object.entries(kept.servers).map(([name, columns]) => [name, row(columns, index)]);
	return { time, lagMillis: kept.lagMillis?.[index] ?? null, servers: Object.fromEntries(servers) };
}

function row(columns, index) {
	const result = {};
	for (const [name, column] of Object.entries(columns)) {
		result[name] = Array.isArray(column) ? column[index] : row(column, index);
	}
	return result;
}

function flat(server) {
	return {
		active: server.connections.active, accepted: server.connections.accepted, refused: server.connections.refused,
		bytesReceived: server.bytes.received, bytesSent: server.bytes.sent, qps: server.qps.last1s,
		...server.latency, closed: server.connections.closed
	};
}
