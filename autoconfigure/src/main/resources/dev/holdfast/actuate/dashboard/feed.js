/**
 * Asks for a sample each second, as long as the page is seen.
 */

const INTERVAL_MILLIS = 1000;

const LONGEST_DELAY_MILLIS = 15_000;

/**
 * What the feed does.
 * @typedef {{kind: 'live'|'paused'|'retrying', message?: string, retryAt?: number}} FeedState
 */

/**
 * Polls, pauses while the page is hidden or asked to, and backs off while the application does not answer. What was
 * missed meanwhile is read from the application's history.
 */
export class Feed {

	#api;

	#onHistory;

	#onSample;

	#onState;

	#running = false;

	#runs = 0;

	#paused = false;

	#failures = 0;

	#complete = false;

	#wake = () => { };

	/**
	 * @param {import('./api.js').Api} api the endpoints
	 * @param {{history: function(Object), sample: function(Object), state: function(FeedState)}} listener is told
	 */
	constructor(api, listener) {
		this.#api = api;
		this.#onHistory = listener.history;
		this.#onSample = listener.sample;
		this.#onState = listener.state;
	}

	/** Begins, and goes on for as long as the page is there. */
	start() {
		document.addEventListener('visibilitychange', () => this.#update());
		window.addEventListener('online', () => this.retry());
		this.#update();
	}

	/** @returns {boolean} whether the user paused it */
	get paused() {
		return this.#paused;
	}

	/** @param {boolean} value whether to stop asking */
	set paused(value) {
		this.#paused = value;
		this.#update();
	}

	/** Asks now instead of later. */
	retry() {
		this.#wake();
	}

	#update() {
		const wanted = !this.#paused && document.visibilityState === 'visible';
		if (this.#paused) {
			this.#onState({ kind: 'paused' });
		}
		if (wanted !== this.#running) {
			this.#running = wanted;
			this.#runs++;
			this.#wake();
			this.#run(this.#runs);
		}
	}

	async #run(run) {
		this.#complete = false;
		while (this.#running && run === this.#runs) {
			const begin = performance.now();
			const delay = await this.#ask();
			await this.#wait(Math.max(0, delay - (performance.now() - begin)));
		}
	}

	async #ask() {
		try {
			await this.#catchUp();
			this.#onSample(await this.#api.servers());
			this.#failures = 0;
			this.#tell({ kind: 'live' });
			return INTERVAL_MILLIS;
		}
		catch (failure) {
			this.#complete = false;
			const delay = backoff(this.#failures++);
			this.#tell({ kind: 'retrying', message: failure.message, retryAt: Date.now() + delay });
			return delay;
		}
	}

	async #catchUp() {
		if (!this.#complete) {
			this.#onHistory(await this.#api.history());
			this.#complete = true;
		}
	}

	#tell(state) {
		if (this.#running) {
			this.#onState(state);
		}
	}

	#wait(delay) {
		return new Promise((resolve) => {
			const timer = setTimeout(resolve, delay);
			this.#wake = () => {
				clearTimeout(timer);
				resolve();
			};
		});
	}

}

function backoff(failures) {
	const delay = Math.min(LONGEST_DELAY_MILLIS, INTERVAL_MILLIS * 2 ** failures);
	return delay * (0.85 + 0.3 * Math.random());
}
