/**
 * Elements without HTML text: what comes from clients only ever becomes a text node.
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Creates an element.
 * @param {string} name the tag, with classes: `td.number`
 * @param {Object<string, *>} [attributes] attributes; functions become listeners, `null` and `false` are left out
 * @param {...(Node|string|null)} children what is inside
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
	const [tag, ...classes] = name.split('.');
	return fill(document.createElement(tag), classes, attributes, children);
}

/**
 * Creates an element of an SVG image.
 * @param {string} name the tag, with classes
 * @param {Object<string, *>} [attributes] attributes
 * @param {...Node} children what is inside
 * @returns {SVGElement}
 */
export function svg(name, attributes = {}, ...children) {
	const [tag, ...classes] = name.split('.');
	return fill(document.createElementNS(SVG, tag), classes, attributes, children);
}

function fill(target, classes, attributes, children) {
	target.classList.add(...classes);
	set(target, attributes);
	target.append(...children.filter((child) => child !== null && child !== undefined));
	return target;
}

/**
 * Sets attributes of an element.
 * @param {Element} target the element
 * @param {Object<string, *>} attributes attributes; functions become listeners, `null` and `false` remove one
 */
export function set(target, attributes) {
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === 'function') {
			target.addEventListener(name, value);
		}
		else if (value === null || value === undefined || value === false) {
			target.removeAttribute(name);
		}
		else {
			target.setAttribute(name, (value === true) ? '' : String(value));
		}
	}
}

/**
 * Sets the text of an element if it differs, so that screen readers and selections are left alone.
 * @param {Element} target the element
 * @param {string} value the text
 */
export function text(target, value) {
	if (target.textContent !== value) {
		target.textContent = value;
	}
}

/**
 * Makes the children of an element be the given ones, and touches only what differs.
 * @param {Element} parent the element
 * @param {Node[]} wanted the children in order
 */
export function arrange(parent, wanted) {
	wanted.forEach((child, index) => {
		if (parent.childNodes[index] !== child) {
			parent.insertBefore(child, parent.childNodes[index] ?? null);
		}
	});
	while (parent.childNodes.length > wanted.length) {
		parent.lastChild.remove();
	}
}

/**
 * Returns a function that makes elements by key, each once, and forgets those that were not asked for.
 * @param {function(string): *} create makes what belongs to a key
 * @returns {function(string[]): Array} what belongs to the keys, in their order
 */
export function keyed(create) {
	let known = new Map();
	return (keys) => {
		known = new Map(keys.map((key) => [key, known.get(key) ?? create(key)]));
		return [...known.values()];
	};
}
