/**
 * What of the samples belongs to the servers that are shown.
 */

const TONES = {
	client: ['CLIENT'],
	ended: ['HANDLER', 'MAX_LIFETIME', 'SHUTDOWN', 'KICKED'],
	limit: ['IDLE', 'LOGIN_TIMEOUT', 'FRAME_TIMEOUT', 'SLOW_CONSUMER', 'RATE_LIMIT', 'LIMIT_REACHED'],
	fault: ['FRAME_TOO_LARGE', 'BAD_FRAME', 'HANDSHAKE_FAILED', 'TRANSPORT_ERROR']
};

const COLORS = new Map(Object.entries(TONES)
	.flatMap(([tone, reasons]) => reasons.map((reason, index) => [reason, `${tone}-${index + 1}`])));

/** How many colours there are for servers. */
const SERVER_COLORS = 8;

/** Some or all servers over some time. */
export class View {

	/**
	 * @param {import('./history.js').History} history the samples
	 * @param {string[]} names all servers
	 * @param {?string} scope the server that is shown, `null` for all
	 * @param {number} minutes how much time is shown
	 */
	constructor(history, names, scope, minutes) {
		this.history = history;
		this.all = names;
		this.scope = scope;
		this.shown = (scope !== null) ? [scope] : names;
		const end = history.latest?.time ?? Date.now();
		this.domain = [end - minutes * 60_000, end];
	}

	/** @returns {boolean} whether there is more than one server to compare */
	get compares() {
		return this.shown.length > 1;
	}

	/** @param {string} name a server @returns {number} the number of its colour */
	color(name) {
		return this.all.indexOf(name) % SERVER_COLORS + 1;
	}

	/** @param {function(Sample): ?number} value a value @returns {Array<[number, ?number]>} its course */
	course(value) {
		return this.history.course(this.domain[0], value);
	}

	/**
	 * @param {string} key a value of a server's samples
	 * @param {string[]} [names] the servers
	 * @returns {Array<[number, ?number]>} the course of the sum over the servers
	 */
	sum(key, names = this.shown) {
		return this.course((sample) => sum(sample, names, key));
	}

	/**
	 * @param {string} key a count of a server's samples
	 * @returns {Array<[number, ?number]>} how fast the sum over the servers grew, per second
	 */
	growth(key) {
		return this.history.growth(this.domain[0], (sample) => sum(sample, this.shown, key));
	}

	/**
	 * @param {string} key a latency
	 * @param {string[]} [names] the servers
	 * @returns {Array<[number, ?number]>} the course of the worst one, `null` where nothing was handled
	 */
	latency(key, names = this.shown) {
		return this.course((sample) => {
			const busy = names.map((name) => sample.servers[name]).filter((server) => server?.maxMicros > 0);
			return (busy.length > 0) ? Math.max(1, ...busy.map((server) => server[key])) : null;
		});
	}

	/**
	 * @param {number} step the length of a step in milliseconds
	 * @returns {import('./plot.js').Series[]} the connections closed in each step, a series per reason
	 */
	closes(step) {
		const seen = new Set(this.history.samples.flatMap((sample) => this.shown
			.flatMap((name) => Object.keys(sample.servers[name]?.closed ?? {}))));
		return [...COLORS.keys(), ...seen].filter((reason, index, all) => seen.has(reason) && all.indexOf(reason) === index)
			.map((reason) => ({ name: reason, color: COLORS.get(reason) ?? 'client-1', points: this.#steps(reason, step) }))
			.filter((series) => series.points.length > 0);
	}

	#steps(reason, step) {
		const counts = new Map();
		const grown = this.history.steps(this.domain[0], (sample) => sumOf(sample, this.shown,
				(server) => server.closed[reason] ?? 0));
		for (const [time, count] of grown.filter((point) => point[1] > 0)) {
			const begin = Math.floor(time / step) * step;
			counts.set(begin, (counts.get(begin) ?? 0) + count);
		}
		return [...counts];
	}

}

/**
 * Adds up a value over servers.
 * @param {Sample} sample the moment
 * @param {string[]} names the servers
 * @param {string} key the value
 * @returns {?number} the sum, `null` if none of the servers was there
 */
export function sum(sample, names, key) {
	return sumOf(sample, names, (server) => server[key]);
}

function sumOf(sample, names, value) {
	const servers = names.map((name) => sample.servers[name]).filter((server) => server !== undefined);
	return (servers.length > 0) ? servers.reduce((total, server) => total + value(server), 0) : null;
}
