const FORGOTTEN_AFTER = 12_000;

/**
 * Who is in the room. Each node of a cluster tells who is there on it; the people of the
 * room are those of all nodes. A node that told nothing for long is forgotten, but for
 * the one that this page is connected to.
 */
export class People {

	#home = "";
	#nodes = new Map();

	reset(home, names) {
		this.#home = home;
		this.#nodes = new Map([[home, {names: new Set(names), at: Date.now()}]]);
	}

	replace(node, names) {
		this.#nodes.set(node, {names: new Set(names), at: Date.now()});
	}

	add(node, name) {
		if (!this.#nodes.has(node)) {
			this.#nodes.set(node, {names: new Set(), at: Date.now()});
		}
		this.#nodes.get(node).names.add(name);
	}

	remove(node, name) {
		this.#nodes.get(node)?.names.delete(name);
	}

	forgetSilent() {
		for (const [node, known] of this.#nodes) {
			if (node !== this.#home && Date.now() - known.at > FORGOTTEN_AFTER) {
				this.#nodes.delete(node);
			}
		}
	}

	names() {
		const names = new Set();
		for (const known of this.#nodes.values()) {
			known.names.forEach((name) => names.add(name));
		}
		return [...names].sort((a, b) => a.localeCompare(b));
	}

}
