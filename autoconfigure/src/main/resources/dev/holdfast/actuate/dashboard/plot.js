/**
 * The frame of a plot over time: axes, a cursor that all plots share, and a tooltip.
 */
import { arrange, element, keyed, set, svg, text } from './dom.js';
import { clock } from './format.js';
import { linearTicks, logTicks, timeTicks } from './ticks.js';

const HEIGHT = 190;

const MARGIN = { top: 8, right: 10, bottom: 22, left: 54 };

const plots = new Set();

/**
 * A line or a part of bars.
 * @typedef {Object} Series
 * @property {string} name what it shows
 * @property {number|string} color the number or name of its colour
 * @property {Array<[number, ?number]>} points times and values
 */

/**
 * What a plot shows.
 * @typedef {Object} Content
 * @property {[number, number]} domain the first and the last time
 * @property {Series[]} series what is drawn, back to front
 * @property {string} [note] what to say beside the title
 * @property {string} [empty] what to say instead if there is nothing
 */

/** A plot without its marks; subclasses draw them. */
export class Plot {

	/**
	 * @param {{title: string, note?: string, format: function(?number): string, log?: boolean, least?: number}} options
	 * the title, how values are written, whether the scale is logarithmic, and the least maximum of the scale
	 */
	constructor(options) {
		this.options = options;
		this.content = { domain: [0, 1], series: [] };
		this.width = 0;
		this.element = element('figure.plot');
		this.#build();
		plots.add(this);
		new ResizeObserver(([entry]) => this.#resize(entry.contentRect.width)).observe(this.surface);
	}

	#build() {
		this.legend = element('ul.legend');
		this.gridlines = svg('g.grid');
		this.labels = svg('g.labels');
		this.marks = svg('g.marks');
		this.cursor = svg('line.cursor', { y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom });
		this.image = svg('svg', { height: HEIGHT, 'aria-hidden': 'true' }, this.gridlines, this.labels, this.marks,
				this.cursor);
		this.tip = element('div.tip', { 'aria-hidden': 'true', hidden: true });
		this.none = element('p.none');
		this.surface = element('div.surface', {
			tabindex: 0, role: 'img', pointermove: (event) => this.#point(event), pointerleave: () => moveCursor(null),
			pointerdown: (event) => this.#point(event), keydown: (event) => this.#step(event), blur: () => moveCursor(null)
		}, this.image, this.tip, this.none);
		this.note = element('span.note', {}, this.options.note ?? '');
		const caption = element('figcaption', {}, element('h3', {}, this.options.title), this.note);
		this.element.append(caption, this.legend, this.surface);
		this.legendItems = keyed(() => legendItem());
		this.tipItems = keyed(() => legendItem());
	}

	/**
	 * Shows something else.
	 * @param {Content} content what to show
	 */
	show(content) {
		this.content = content;
		text(this.note, content.note ?? this.options.note ?? '');
		this.draw();
	}

	/** Draws everything anew. */
	draw() {
		if (this.width > 0) {
			this.scale = this.#scale();
			this.#drawAxes();
			this.drawMarks();
			this.drawCursor();
			this.#describe();
		}
	}

	/** @returns {[number, number]} the least and the greatest value that is drawn */
	extent() {
		const values = this.content.series.flatMap((series) => series.points.map((point) => point[1]))
			.filter((value) => value !== null && (!this.options.log || value > 0));
		return (values.length > 0) ? [Math.min(...values), Math.max(...values)] : [0, 0];
	}

	#scale() {
		const [least, greatest] = this.extent();
		const most = Math.max(greatest, this.options.least ?? 1);
		return this.options.log ? logTicks(least, most) : linearTicks(most);
	}

	/** @param {number} time a time @returns {number} where it is from the left */
	x(time) {
		const [begin, end] = this.content.domain;
		return MARGIN.left + (time - begin) / (end - begin) * (this.width - MARGIN.left - MARGIN.right);
	}

	/** @param {number} value a value @returns {number} where it is from the top */
	y(value) {
		const share = Math.min(1, Math.max(0, this.scale.share(value)));
		return HEIGHT - MARGIN.bottom - share * (HEIGHT - MARGIN.top - MARGIN.bottom);
	}

	#drawAxes() {
		const right = this.width - MARGIN.right;
		const lines = [];
		const labels = [];
		for (const value of this.scale.ticks) {
			const y = this.y(value);
			lines.push(svg('line', { x1: MARGIN.left, x2: right, y1: y, y2: y }));
			labels.push(label(MARGIN.left - 8, y + 4, 'end', this.options.format(value)));
		}
		const [begin, end] = this.content.domain;
		for (const { time, seconds } of timeTicks(begin, end, this.width)) {
			const x = this.x(time);
			if (x > MARGIN.left + 12 && x < right - 14) {
				labels.push(label(x, HEIGHT - 5, 'middle', clock(time, seconds)));
			}
		}
		this.gridlines.replaceChildren(...lines);
		this.labels.replaceChildren(...labels);
		const nothing = this.content.empty ?? '';
		text(this.none, nothing);
		this.none.hidden = nothing === '';
	}

	/** Shows the values at the cursor, or the latest ones. */
	drawCursor() {
		const time = cursorTime();
		const [begin, end] = this.content.domain;
		const inside = time !== null && time >= begin && time <= end;
		set(this.cursor, { visibility: inside ? 'visible' : 'hidden' });
		if (inside) {
			set(this.cursor, { x1: this.x(time), x2: this.x(time) });
		}
		const rows = this.values(inside ? time : null);
		arrange(this.legend, this.#rows(this.legendItems, rows));
		this.tip.hidden = !inside || hovered !== this || rows.length === 0;
		if (!this.tip.hidden) {
			this.#drawTip(time, rows);
		}
	}

	#drawTip(time, rows) {
		const shown = rows.filter((row) => row.value !== null);
		arrange(this.tip, [this.tipTime ??= element('div.time'), ...this.#rows(this.tipItems, shown)]);
		text(this.tipTime, clock(time, true));
		const x = this.x(time);
		const left = (x > this.width / 2) ? x - this.tip.offsetWidth - 12 : x + 12;
		this.tip.style.transform = `translate(${Math.round(Math.max(0, left))}px, ${MARGIN.top}px)`;
	}

	#rows(items, rows) {
		return items(rows.map((row) => row.name)).map((item, index) => {
			const { name, color, value } = rows[index];
			set(item.swatch, { 'data-color': color });
			text(item.name, name);
			text(item.value, this.options.format(value));
			return item.element;
		});
	}

	#describe() {
		const said = this.values(null).map(({ name, value }) => `${name} ${this.options.format(value)}`).join(', ');
		set(this.surface, { 'aria-label': `${this.options.title}, latest: ${said || 'nothing'}` });
	}

	#point(event) {
		const [begin, end] = this.content.domain;
		const inner = this.width - MARGIN.left - MARGIN.right;
		const share = (event.clientX - this.surface.getBoundingClientRect().left - MARGIN.left) / inner;
		moveCursor(share < 0 || share > 1 ? null : begin + share * (end - begin), this);
	}

	#step(event) {
		const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
		if (direction) {
			event.preventDefault();
			const [begin, end] = this.content.domain;
			const time = (cursorTime() ?? end) + direction * (end - begin) / 60;
			moveCursor(Math.min(end, Math.max(begin, time)), this);
		}
	}

	#resize(width) {
		if (width !== this.width) {
			this.width = width;
			set(this.image, { width, viewBox: `0 0 ${width} ${HEIGHT}` });
			this.draw();
		}
	}

}

/** The y of the line on which values of zero lie. */
export const BASELINE = HEIGHT - MARGIN.bottom;

let hovered = null;

let fromEnd = null;

function cursorTime() {
	return (hovered && fromEnd !== null) ? hovered.content.domain[1] - fromEnd : null;
}

function moveCursor(time, plot = null) {
	hovered = (time !== null) ? plot : null;
	fromEnd = (time !== null) ? plot.content.domain[1] - time : null;
	plots.forEach((each) => each.width > 0 && each.drawCursor());
}

function legendItem() {
	const item = { swatch: element('span.swatch'), name: element('span.name'), value: element('span.value') };
	return { ...item, element: element('li', {}, item.swatch, item.name, item.value) };
}

function label(x, y, anchor, value) {
	const result = svg('text', { x, y, 'text-anchor': anchor });
	result.textContent = value;
	return result;
}
