/**
 * The page: wires the endpoints, the samples and what shows them.
 */
import { Api } from './api.js';
import { ConnectionTable } from './connections.js';
import { confirm, toast } from './dialog.js';
import { set, text } from './dom.js';
import { Feed } from './feed.js';
import { clock, count, duration, rate } from './format.js';
import { History } from './history.js';
import { Plots } from './plots.js';
import { ServerCards, ServerCounts, ServerHeading } from './servers.js';
import { Tiles } from './tiles.js';
import { View } from './view.js';

const STALE_MILLIS = 5000;

const SETTINGS_RETRY_MILLIS = 3000;

const THEMES = ['auto', 'light', 'dark'];

const byId = (id) => document.getElementById(id);

class Dashboard {

	#history = new History();

	#now = null;

	#scope = null;

	#minutes = 10;

	#state = { kind: 'live' };

	constructor(settings) {
		this.api = new Api(settings);
		this.cards = new ServerCards(byId('servers'), (scope) => this.#select(scope));
		this.heading = new ServerHeading(byId('server'), settings.sockets.writable,
				(name, action, description) => this.#act(name, action, description));
		this.tiles = new Tiles(byId('tiles'));
		this.plots = new Plots(byId('plots'));
		this.counts = new ServerCounts(byId('counts'));
		this.table = new ConnectionTable(byId('connections'), this.api, settings.connections.writable);
		this.feed = new Feed(this.api, {
			history: (kept) => this.#history.load(kept), sample: (now) => this.#take(now),
			state: (state) => this.#tell(state)
		});
	}

	start() {
		byId('ranges').addEventListener('click', (event) => this.#range(event.target.closest('button')));
		byId('pause').addEventListener('click', () => this.#pause());
		byId('retry').addEventListener('click', () => this.feed.retry());
		setInterval(() => this.#showState(), 1000);
		this.feed.start();
	}

	#take(now) {
		this.#now = now;
		this.#history.add(now);
		this.#show();
	}

	#show() {
		if (this.#now === null) {
			return;
		}
		const names = Object.keys(this.#now.servers);
		if (!names.includes(this.#scope)) {
			this.#scope = (names.length === 1) ? names[0] : null;
		}
		const view = new View(this.#history, names, this.#scope, this.#minutes);
		this.cards.show(view, this.#now);
		this.heading.show(view, this.#now);
		this.tiles.show(view, this.#now);
		this.plots.show(view);
		this.counts.show(view, this.#now);
		this.table.show(names, this.#scope, Boolean(this.#now.cluster));
		showCluster(this.#now.cluster);
	}

	#select(scope) {
		this.#scope = scope;
		this.#show();
	}

	#range(button) {
		if (button) {
			this.#minutes = Number(button.dataset.minutes);
			byId('ranges').querySelectorAll('button').forEach((each) => set(each, { 'aria-pressed': `${each === button}` }));
			this.#show();
		}
	}

	#pause() {
		this.feed.paused = !this.feed.paused;
		set(byId('pause'), { 'aria-pressed': `${this.feed.paused}` });
		text(byId('pause'), this.feed.paused ? 'Continue' : 'Pause');
	}

	async #act(name, action, { label, question, done, danger }) {
		const agreed = await confirm({ title: `${label} server`, question, action: label, danger });
		if (!agreed) {
			return;
		}
		try {
			await this.api.act(name, action);
			toast(`${name} ${done}.`);
		}
		catch (failure) {
			toast(failure.message, true);
		}
		this.feed.retry();
	}

	#tell(state) {
		this.#state = state;
		this.#showState();
	}

	#showState() {
		const { kind, message, retryAt } = this.#state;
		const age = this.#now ? Date.now() - this.#history.latest.time : Infinity;
		const stale = kind === 'retrying' && age > STALE_MILLIS;
		const labels = { live: 'Live', paused: 'Paused', retrying: stale ? 'Out of date' : 'Reconnecting' };
		text(byId('status').querySelector('.text'), labels[kind]);
		set(byId('status'), { 'data-state': stale ? 'stale' : kind });
		set(byId('main'), { 'data-stale': stale });
		byId('notice').hidden = kind !== 'retrying';
		if (kind === 'retrying') {
			text(byId('notice').querySelector('.text'), `${message} ${aged(this.#history.latest)}`);
			text(byId('notice').querySelector('.age'), `Next try in ${duration(Math.ceil((retryAt - Date.now()) / 1000))}.`);
		}
	}

}

function aged(latest) {
	return latest ? `What you see is from ${clock(latest.time, true)}.` : 'Nothing was read yet.';
}

function showCluster(cluster) {
	byId('cluster').hidden = !cluster;
	if (cluster) {
		const nodes = cluster.nodes.length;
		text(byId('cluster'), `Cluster of ${nodes} ${nodes === 1 ? 'node' : 'nodes'}: ${count(cluster.connections)} connections, `
				+ `${rate(cluster.qps)} requests per second${cluster.asOf ? `, as of ${clock(new Date(cluster.asOf), true)}` : ''}. `
				+ `${missing(cluster)}Below is this node.`);
	}
}

function missing({ missing: nodes }) {
	return nodes?.length ? `No word from ${nodes.join(', ')}. ` : '';
}

function showTheme(theme) {
	text(byId('theme'), theme.charAt(0).toUpperCase() + theme.slice(1));
	set(byId('theme'), { 'aria-label': `Colours: ${theme === 'auto' ? 'as the system' : theme}` });
	set(document.documentElement, { 'data-theme': theme === 'auto' ? null : theme });
}

function startTheme() {
	showTheme(document.documentElement.dataset.theme ?? 'auto');
	byId('theme').addEventListener('click', () => {
		const before = document.documentElement.dataset.theme ?? 'auto';
		const theme = THEMES[(THEMES.indexOf(before) + 1) % THEMES.length];
		showTheme(theme);
		try {
			localStorage.setItem('holdfast.theme', theme);
		}
		catch {
			toast('The browser does not remember the colours.');
		}
	});
}

async function readSettings() {
	for (;;) {
		try {
			return await Api.settings();
		}
		catch (failure) {
			byId('notice').hidden = false;
			text(byId('notice').querySelector('.text'), failure.message);
			await new Promise((resolve) => {
				setTimeout(resolve, SETTINGS_RETRY_MILLIS);
				byId('retry').addEventListener('click', resolve, { once: true });
			});
		}
	}
}

startTheme();
const settings = await readSettings();
if (settings.application) {
	text(byId('application'), settings.application);
	document.title = `${settings.application} · Holdfast`;
}
byId('notice').hidden = true;
new Dashboard(settings).start();
