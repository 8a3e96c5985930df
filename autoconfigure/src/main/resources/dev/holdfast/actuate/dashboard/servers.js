/**
 * The servers to choose from, and the chosen one with what can be done with it.
 */
import { arrange, element, keyed, set, text } from './dom.js';
import { bytes, count, digits, rate, words } from './format.js';
import { Sparkline } from './sparkline.js';

const ACTIONS = {
	pause: {
		label: 'Pause', states: ['RUNNING'], done: 'is paused',
		question: (name) => `Pause “${name}”? It closes its listening socket and refuses new connections. Those that `
				+ 'are open are served on. It can be resumed.'
	},
	resume: {
		label: 'Resume', states: ['PAUSED', 'STOPPED'], done: 'listens again',
		question: (name) => `Resume “${name}”? It listens again and accepts connections.`
	},
	drain: {
		label: 'Drain', states: ['RUNNING', 'PAUSED'], done: 'is draining', danger: true,
		question: (name, active) => `Drain “${name}”? It stops listening and ends ${active} `
				+ `${active === '1' ? 'connection' : 'connections'}: each is answered what it had sent, then closed.`
	}
};

/** Cards, one per server. */
export class ServerCards {

	/**
	 * @param {HTMLElement} parent where they go
	 * @param {function(?string)} onSelect is told which server was chosen, `null` for all
	 */
	constructor(parent, onSelect) {
		this.parent = parent;
		this.cards = keyed((key) => card(() => onSelect((key === '') ? null : key.slice(1))));
	}

	/**
	 * @param {import('./view.js').View} view what is shown
	 * @param {Object} now the latest answer of the application
	 */
	show(view, now) {
		const names = view.all;
		const keys = [...(names.length > 1) ? [''] : [], ...names.map((name) => `=${name}`)];
		const cards = this.cards(keys);
		arrange(this.parent, cards.map((each) => each.element));
		cards.forEach((each, index) => {
			const name = (keys[index] === '') ? null : keys[index].slice(1);
			set(each.element, { 'aria-pressed': name === view.scope ? 'true' : 'false' });
			each.show((name === null) ? everything(view, now) : one(view, now.servers[name], name));
		});
		this.parent.hidden = names.length < 2;
	}

}

function everything(view, now) {
	return {
		name: 'All servers', state: null, address: `${view.all.length} servers`, active: now.total.connections,
		qps: now.total.qps, points: view.sum('qps', view.all), domain: view.domain
	};
}

function one(view, server, name) {
	return {
		name, state: server.state, address: server.address, active: server.connections.active, qps: server.qps.last1s,
		points: view.sum('qps', [name]), domain: view.domain
	};
}

function card(onClick) {
	const parts = {
		dot: element('span.dot', { 'aria-hidden': 'true' }), name: element('span.name'), state: element('span.state'),
		address: element('span.address'), active: element('b'), qps: element('b')
	};
	const sparkline = new Sparkline('main');
	const button = element('button.card', { type: 'button', click: onClick },
			element('span.head', {}, parts.dot, parts.name, parts.state), parts.address,
			element('span.numbers', {}, element('span', {}, parts.active, ' connections'),
					element('span', {}, parts.qps, ' /s')), sparkline.element);
	return {
		element: button,
		show({ name, state, address, active, qps, points, domain }) {
			text(parts.name, name);
			text(parts.state, (state === null || state === 'RUNNING') ? '' : words(state));
			set(button, { 'data-state': state });
			text(parts.address, address);
			text(parts.active, count(active));
			text(parts.qps, rate(qps));
			sparkline.show(points, domain);
		}
	};
}

/** The chosen server, and buttons for it. */
export class ServerHeading {

	/**
	 * @param {HTMLElement} parent where it goes
	 * @param {boolean} writable whether servers may be acted on
	 * @param {function(string, string, Object)} onAction is told the server, the action and how to describe it
	 */
	constructor(parent, writable, onAction) {
		this.title = element('h2');
		this.state = element('span.state');
		this.tags = element('p.tags');
		this.buttons = Object.entries(ACTIONS).map(([action, each]) => element('button.button', {
			type: 'button', 'data-action': action, 'data-danger': each.danger,
			click: () => onAction(this.name, action, { ...each, question: each.question(this.name, this.active) })
		}, each.label));
		parent.append(element('div.about', {}, element('div.title', {}, this.title, this.state), this.tags),
				element('div.actions', {}, ...(writable ? this.buttons : [])));
	}

	/**
	 * @param {import('./view.js').View} view what is shown
	 * @param {Object} now the latest answer of the application
	 */
	show(view, now) {
		const servers = view.shown.map((name) => now.servers[name]).filter(Boolean);
		const server = (view.shown.length === 1) ? servers[0] : null;
		this.name = view.shown[0];
		this.active = digits(server?.connections.active ?? 0);
		text(this.title, server ? this.name : (servers.length > 0) ? 'All servers' : 'No server is configured');
		text(this.state, server ? words(server.state) : '');
		set(this.state, { 'data-state': server?.state ?? null, hidden: !server });
		text(this.tags, server ? tags(server) : summary(servers));
		this.buttons.forEach((button) => {
			button.hidden = !server || !ACTIONS[button.dataset.action].states.includes(server.state);
		});
	}

}

function tags(server) {
	return [server.address, server.transport, server.framing, server.io, server.tls ? 'TLS' : 'no TLS'].join(' · ');
}

function summary(servers) {
	const running = servers.filter((server) => server.state === 'RUNNING').length;
	return (running === servers.length) ? (running > 0 ? 'all running' : '') : `${running} of ${servers.length} running`;
}

/** What the chosen servers counted since they began. */
export class ServerCounts {

	/** @param {HTMLElement} parent where they go */
	constructor(parent) {
		this.list = element('dl.counts');
		this.rows = keyed((name) => countRow(name));
		parent.append(this.list);
	}

	/**
	 * @param {import('./view.js').View} view what is shown
	 * @param {Object} now the latest answer of the application
	 */
	show(view, now) {
		const entries = counts(view.shown.map((name) => now.servers[name]).filter(Boolean));
		const rows = this.rows(entries.map(([name]) => name));
		arrange(this.list, rows.map((row) => row.element));
		rows.forEach((row, index) => text(row.value, entries[index][1]));
	}

}

function countRow(name) {
	const value = element('dd');
	return { value, element: element('div', {}, element('dt', {}, name), value) };
}

function counts(servers) {
	const sum = (value) => servers.reduce((total, server) => total + value(server), 0);
	return [
		['Accepted', digits(sum((server) => server.connections.accepted))],
		['Refused', digits(sum((server) => server.connections.refused))],
		['Messages in', digits(sum((server) => server.messages.received))],
		['Messages out', digits(sum((server) => server.messages.sent))],
		['Failed', digits(sum((server) => server.messages.failed))],
		['Dropped', digits(sum((server) => server.messages.dropped))],
		['In flight', digits(sum((server) => server.messages.inFlight))],
		['Bytes in', bytes(sum((server) => server.bytes.received))],
		['Bytes out', bytes(sum((server) => server.bytes.sent))],
		...reasons(servers)
	];
}

function reasons(servers) {
	const closed = new Map();
	servers.flatMap((server) => Object.entries(server.connections.closed))
		.forEach(([reason, number]) => closed.set(reason, (closed.get(reason) ?? 0) + number));
	return [...closed].map(([reason, number]) => [`Closed: ${words(reason).toLowerCase()}`, digits(number)]);
}
