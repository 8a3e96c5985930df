/**
 * The table of connections: search, pages, details and kick.
 */
import { arrange, element, keyed, set, text } from './dom.js';
import { confirm, details, toast } from './dialog.js';
import { bytes, clock, count, digits, duration, foreign } from './format.js';

const REFRESH_MILLIS = 5000;

const TYPING_MILLIS = 300;

const COLUMNS = ['Connection', 'Server', 'User', 'Address', 'Groups', 'Open', 'Idle', 'Messages', 'Bytes', 'Pending'];

/** The connections that meet the conditions, a page at a time. */
export class ConnectionTable {

	#offset = 0;

	#limit = matchMedia('(max-width: 760px)').matches ? 10 : 25;

	#asked = 0;

	#seen = false;

	/**
	 * @param {HTMLElement} parent where it goes
	 * @param {import('./api.js').Api} api the endpoints
	 * @param {boolean} writable whether connections may be kicked
	 */
	constructor(parent, api, writable) {
		this.api = api;
		this.writable = writable;
		this.rows = keyed((id) => this.#row(id));
		this.#build(parent);
		new IntersectionObserver(([entry]) => this.#see(entry.isIntersecting)).observe(parent);
		setInterval(() => this.#refresh(), REFRESH_MILLIS);
	}

	#build(parent) {
		this.server = element('select', { name: 'server', change: () => this.#search() },
				element('option', { value: '' }, 'any server'));
		this.inputs = ['user', 'group', 'address'].map((name) => element('input', {
			name, type: 'search', placeholder: `any ${name}`, autocomplete: 'off', spellcheck: 'false',
			input: () => this.#typed()
		}));
		this.everywhere = element('input', { name: 'cluster', type: 'checkbox', change: () => this.#search() });
		this.nodes = field('All nodes', this.everywhere);
		this.nodes.hidden = true;
		const form = element('form.search', { role: 'search', 'aria-label': 'Connections', submit: (event) => {
			event.preventDefault();
			this.#search();
		} }, field('Server', this.server), ...this.inputs.map((input) => field(capital(input.name), input)), this.nodes);
		const headers = [...COLUMNS, ...this.writable ? ['Actions'] : []].map((name) => element('th', {
			scope: 'col', role: 'columnheader', 'data-column': name
		}, name));
		this.body = element('tbody', { role: 'rowgroup' });
		this.table = element('table', { role: 'table', 'aria-labelledby': 'connections-title' },
				element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...headers)), this.body);
		this.message = element('p.none', { role: 'status' });
		parent.append(element('div.head', {}, element('h2', { id: 'connections-title' }, 'Connections'), form),
				element('div.scroll', {}, this.table), this.message, this.#pager());
	}

	#pager() {
		this.range = element('span.range', { 'aria-live': 'polite' });
		this.previous = element('button.button', { type: 'button', disabled: true, click: () => this.#turn(-1) }, 'Previous');
		this.next = element('button.button', { type: 'button', disabled: true, click: () => this.#turn(1) }, 'Next');
		const limits = element('select', { name: 'limit', 'aria-label': 'Connections per page', change: () => {
			this.#limit = Number(limits.value);
			this.#search();
		} }, ...[10, 25, 50, 100, 500].map((limit) => element('option', {
			value: limit, selected: limit === this.#limit
		}, `${limit} per page`)));
		return element('div.pager', {}, this.range, limits, this.previous, this.next);
	}

	/**
	 * Offers servers to choose from, and shows the connections of one.
	 * @param {string[]} names all servers
	 * @param {?string} scope the server, `null` for all
	 * @param {boolean} clustered whether there may be other nodes
	 */
	show(names, scope, clustered) {
		this.nodes.hidden = !clustered;
		const options = ['', ...names];
		if (options.join() !== [...this.server.options].map((option) => option.value).join()) {
			this.server.replaceChildren(...options.map((name) => element('option', { value: name }, name || 'any server')));
		}
		if (scope !== this.scope) {
			this.scope = scope;
			this.server.value = scope ?? '';
			this.#search();
		}
	}

	#see(seen) {
		this.#seen = seen;
		this.#refresh();
	}

	#refresh() {
		if (this.#seen && document.visibilityState === 'visible') {
			this.load();
		}
	}

	#typed() {
		clearTimeout(this.typing);
		this.typing = setTimeout(() => this.#search(), TYPING_MILLIS);
	}

	#search() {
		this.#offset = 0;
		this.load();
	}

	#turn(pages) {
		this.#offset = Math.max(0, this.#offset + pages * this.#limit);
		this.load();
	}

	/** Reads the page again. */
	async load() {
		const asked = ++this.#asked;
		const conditions = Object.fromEntries([this.server, ...this.inputs].map((input) => [input.name, input.value]));
		try {
			const page = await this.api.page({
				...conditions, cluster: this.everywhere.checked ? 'true' : '', offset: this.#offset, limit: this.#limit
			});
			if (asked === this.#asked) {
				this.#fill(page);
			}
		}
		catch (failure) {
			if (asked === this.#asked) {
				text(this.message, failure.message);
				this.message.hidden = false;
			}
		}
	}

	#fill({ total, connections, missing }) {
		if (connections.length === 0 && total > 0 && this.#offset > 0) {
			this.#offset = Math.floor((total - 1) / this.#limit) * this.#limit;
			this.load();
			return;
		}
		const rows = this.rows(connections.map((connection) => connection.id));
		arrange(this.body, rows.map((row) => row.element));
		rows.forEach((row, index) => row.show(connections[index]));
		const last = this.#offset + connections.length;
		text(this.range, (total > 0) ? `${digits(this.#offset + 1)}–${digits(last)} of ${digits(total)}` : '');
		this.previous.disabled = this.#offset === 0;
		this.next.disabled = last >= total;
		const messages = [(total > 0) ? '' : 'No connection meets these conditions.',
			missing?.length ? `No word from ${missing.join(', ')}.` : ''].filter(Boolean);
		text(this.message, messages.join(' '));
		this.message.hidden = messages.length === 0;
		this.table.hidden = total === 0;
	}

	#row(id) {
		const cells = COLUMNS.map((column) => element('td', { role: 'cell', 'data-column': column }));
		const open = element('button.link', { type: 'button', title: 'Details', click: () => this.#details(id) }, id);
		cells[0].append(open);
		const row = { element: element('tr', { role: 'row', 'data-id': id }, ...cells) };
		if (this.writable) {
			const kick = element('button.button.small', {
				type: 'button', 'data-danger': true, 'aria-label': `Kick ${id}`, click: () => this.#kick(row.connection)
			}, 'Kick');
			row.element.append(element('td', { role: 'cell', 'data-column': 'Actions' }, kick));
		}
		row.show = (connection) => {
			row.connection = connection;
			show(cells, connection);
		};
		return row;
	}

	async #kick(connection) {
		const who = connection.user !== null ? `User ${foreign(connection.user)}` : 'No user is bound to it';
		const agreed = await confirm({
			title: 'Kick connection', question: `End ${connection.id} from ${connection.remoteAddress}?`, detail: who,
			action: 'Kick', danger: true
		});
		if (agreed) {
			await this.#end(connection.id);
		}
	}

	async #end(id) {
		try {
			await this.api.kick(id);
			toast(`${id} was kicked.`);
		}
		catch (failure) {
			toast(failure.message, true);
		}
		this.load();
	}

	async #details(id) {
		try {
			details(`Connection ${id}`, entries(await this.api.connection(id)));
		}
		catch (failure) {
			toast((failure.status === 404) ? `${id} is closed.` : failure.message, true);
		}
	}

}

function show(cells, connection) {
	const { user, groups, messagesReceived, messagesSent, bytesReceived, bytesSent } = connection;
	const values = [null, connection.server, (user !== null) ? foreign(user) : '–', connection.remoteAddress,
		foreign(groups.join(', ')) || '–', duration((Date.now() - Date.parse(connection.openedAt)) / 1000),
		duration(connection.idleSeconds), `${count(messagesReceived)} / ${count(messagesSent)}`,
		`${bytes(bytesReceived)} / ${bytes(bytesSent)}`, bytes(connection.pendingBytes)];
	cells.forEach((cell, index) => {
		if (values[index] !== null) {
			showText(cell, values[index]);
		}
	});
}

function showText(cell, value) {
	if (cell.firstChild === null) {
		cell.append(element('bdi'));
	}
	text(cell.firstChild, value);
}

function entries(connection) {
	return [['Server', connection.server], ['User', (connection.user !== null) ? foreign(connection.user, 20_000) : '–'],
		['Groups', foreign(connection.groups.join(', '), 20_000) || '–'], ['Remote address', connection.remoteAddress],
		['Local address', connection.localAddress],
		['Opened', `${new Date(connection.openedAt).toLocaleDateString()} ${clock(Date.parse(connection.openedAt), true)}`],
		['Idle', duration(connection.idleSeconds)], ['Path', foreign(connection.path ?? '–', 4000)],
		['TLS', connection.tls ? `${connection.tls.protocol}, ${connection.tls.cipher}` : 'no'],
		['Attributes', foreign(connection.attributes.join(', '), 4000) || '–'],
		['Messages in / out', `${digits(connection.messagesReceived)} / ${digits(connection.messagesSent)}`],
		['Bytes in / out', `${digits(connection.bytesReceived)} / ${digits(connection.bytesSent)}`],
		['Waiting for the client', bytes(connection.pendingBytes)]];
}

function field(label, input) {
	return element('label.field', {}, element('span', {}, label), input);
}

function capital(word) {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
