/**
 * What matters now, as large numbers with their course.
 */
import { element, text } from './dom.js';
import { byteRate, count, digits, micros, millis, rate, words } from './format.js';
import { Sparkline } from './sparkline.js';

/** A space at which no line ends. */
const TIED = '\u00a0';

/** The tiles of the servers that are shown. */
export class Tiles {

	/** @param {HTMLElement} parent where they go */
	constructor(parent) {
		this.tiles = {
			connections: tile('Connections', 'main'), requests: tile('Requests/s', 'main'),
			traffic: tile('Bytes/s', 'sent'), latency: tile('Latency p99', 'p99'),
			closes: tile('Closed', 'ended-1'), lag: tile('Event-loop lag', 'lag')
		};
		parent.append(...Object.values(this.tiles).map((each) => each.element));
	}

	/**
	 * @param {import('./view.js').View} view what to show
	 * @param {Object} now the latest answer of the application
	 */
	show(view, now) {
		const servers = view.shown.map((name) => now.servers[name]).filter(Boolean);
		const contents = {
			connections: connections(view, servers), requests: requests(view, servers), traffic: traffic(view),
			latency: latency(view, servers), closes: closes(view, servers), lag: lag(view, now.eventLoops)
		};
		Object.entries(contents).forEach(([name, content]) => this.tiles[name].show(content, view.domain));
	}

}

function tile(title, color) {
	const value = element('p.value');
	const note = element('p.note');
	const sparkline = new Sparkline(color);
	return {
		element: element('article.tile', {}, element('h3', {}, title), value, note, sparkline.element),
		show(content, domain) {
			text(value, content.value);
			text(note, content.note);
			sparkline.show(content.points, domain);
		}
	};
}

function connections(view, servers) {
	const peak = (servers.length === 1) ? `${tied('peak', count(servers[0].connections.peak))}\n` : '';
	return {
		value: digits(total(servers, (server) => server.connections.active)),
		note: `${peak}${tied('accepted', count(total(servers, (server) => server.connections.accepted)))} · `
				+ tied('refused', count(total(servers, (server) => server.connections.refused))),
		points: view.sum('active')
	};
}

function requests(view, servers) {
	const peak = (servers.length === 1) ? `${tied('peak', rate(servers[0].qps.peak))}\n` : '';
	return {
		value: rate(total(servers, (server) => server.qps.last1s)),
		note: `${peak}${tied('10 s', rate(total(servers, (server) => server.qps.last10s)))} · `
				+ tied('60 s', rate(total(servers, (server) => server.qps.last60s))),
		points: view.sum('qps')
	};
}

function traffic(view) {
	const received = view.growth('bytesReceived');
	const sent = view.growth('bytesSent');
	const both = sent.map(([time, value], index) => [time, (value === null) ? null : value + received[index][1]]);
	return {
		value: byteRate(both.at(-1)?.[1] ?? null),
		note: `in ${byteRate(received.at(-1)?.[1] ?? null)}\nout ${byteRate(sent.at(-1)?.[1] ?? null)}`,
		points: both
	};
}

function latency(view, servers) {
	const busy = servers.filter((server) => server.latency.maxMicros > 0);
	if (busy.length === 0) {
		return { value: '–', note: 'no requests in the last minute', points: view.latency('p99Micros') };
	}
	const worst = busy.reduce((a, b) => (a.latency.p99Micros >= b.latency.p99Micros) ? a : b).latency;
	return {
		value: micros(worst.p99Micros),
		note: `${(servers.length > 1) ? 'of the slowest server\n' : ''}${tied('p50', micros(worst.p50Micros))} · `
				+ tied('max', micros(Math.max(...busy.map((server) => server.latency.maxMicros)))),
		points: view.latency('p99Micros').map(([time, value]) => [time, value && Math.log10(value)])
	};
}

function closes(view, servers) {
	const reasons = new Map();
	servers.flatMap((server) => Object.entries(server.connections.closed))
		.forEach(([reason, number]) => reasons.set(reason, (reasons.get(reason) ?? 0) + number));
	const most = [...reasons].sort((a, b) => b[1] - a[1]).slice(0, 2);
	const all = [...reasons.keys()];
	return {
		value: count([...reasons.values()].reduce((sum, number) => sum + number, 0)),
		note: most.map(([reason, number]) => tied(words(reason), count(number))).join(' · ') || 'none so far',
		points: smooth(view.history.growth(view.domain[0], (sample) => view.shown.reduce((sum, name) => sum
				+ all.reduce((closed, reason) => closed + (sample.servers[name]?.closed[reason] ?? 0), 0), 0)))
	};
}

function smooth(points) {
	return points.map(([time, value], index) => {
		const recent = points.slice(Math.max(0, index - 9), index + 1).map((point) => point[1] ?? 0);
		return [time, (value === null) ? null : recent.reduce((sum, each) => sum + each, 0) / recent.length];
	});
}

function lag(view, eventLoops) {
	return {
		value: millis(eventLoops?.lagMillis ?? null),
		note: eventLoops ? `${eventLoops.count} ${eventLoops.count === 1 ? 'loop' : 'loops'} · blocked ${count(eventLoops.blocked)}×`
			: 'not known',
		points: view.course((sample) => sample.lagMillis)
	};
}

function tied(label, value) {
	return `${label} ${value}`.replaceAll(' ', TIED);
}

function total(servers, value) {
	return servers.reduce((sum, server) => sum + value(server), 0);
}
