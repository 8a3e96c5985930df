/**
 * The six plots.
 */
import { byteRate, count, micros, millis, rate, words } from './format.js';
import { Bars, Lines } from './marks.js';

const STEPS_MILLIS = [[60_000, 1000], [300_000, 5000], [600_000, 10_000]];

/** The plots of the servers that are shown. */
export class Plots {

	/** @param {HTMLElement} parent where they go */
	constructor(parent) {
		this.connections = new Lines({ title: 'Connections', format: count, least: 4 });
		this.requests = new Lines({ title: 'Requests per second', format: rate, least: 4 });
		this.traffic = new Lines({ title: 'Bytes per second', format: byteRate, least: 1000 });
		this.latency = new Lines({
			title: 'Latency', note: 'of the last minute, logarithmic', format: micros, log: true, least: 100
		});
		this.closes = new Bars({ title: 'Connections closed', note: 'by reason', format: count, least: 4 });
		this.lag = new Lines({
			title: 'Event-loop lag', note: 'worst of ten seconds', format: millis, least: 2
		});
		parent.append(...this.#all().map((plot) => plot.element));
	}

	#all() {
		return [this.connections, this.requests, this.traffic, this.latency, this.closes, this.lag];
	}

	/** @param {import('./view.js').View} view what to show */
	show(view) {
		const { domain } = view;
		this.connections.show({ domain, series: perServer(view, (name) => view.sum('active', [name]), 'Active') });
		this.requests.show({ domain, series: perServer(view, (name) => view.sum('qps', [name]), 'Handled') });
		this.traffic.show({ domain, series: [
			{ name: 'Received', color: 'received', points: view.growth('bytesReceived') },
			{ name: 'Sent', color: 'sent', points: view.growth('bytesSent') }
		] });
		this.latency.show({ domain, ...latency(view) });
		this.closes.show({ domain, ...closes(view) });
		this.lag.show({ domain, series: [
			{ name: 'Busiest loop', color: 'lag', points: view.course((sample) => sample.lagMillis) }
		] });
	}

}

function perServer(view, points, only) {
	return view.shown.map((name) => ({
		name: view.compares ? name : only, color: view.compares ? view.color(name) : 'main', points: points(name)
	}));
}

function latency(view) {
	const series = view.compares
		? view.shown.map((name) => ({
			name, color: view.color(name), points: view.latency('p99Micros', [name])
		}))
		: ['max', 'p99', 'p50'].map((name) => ({ name, color: name, points: view.latency(`${name}Micros`) }));
	const quiet = series.every(({ points }) => points.every((point) => point[1] === null));
	const note = `${view.compares ? 'p99 ' : ''}of the last minute, logarithmic`;
	return { series, note, empty: quiet ? 'No requests in this time' : '' };
}

function closes(view) {
	const span = view.domain[1] - view.domain[0];
	const step = STEPS_MILLIS.find(([longest]) => span <= longest)[1];
	const series = view.closes(step).map((each) => ({ ...each, name: words(each.name) }));
	return { series, step, empty: (series.length === 0) ? 'No connection closed in this time' : '' };
}
