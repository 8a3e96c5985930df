/**
 * A small line without axes.
 */
import { set, svg } from './dom.js';

const WIDTH = 200;

const HEIGHT = 40;

/** A sparkline as wide as its parent. */
export class Sparkline {

	/** @param {string|number} color the name of its colour */
	constructor(color) {
		this.area = svg('path.area', { 'data-color': color });
		this.line = svg('path.line', { 'data-color': color });
		this.element = svg('svg.sparkline', {
			viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true'
		}, this.area, this.line);
	}

	/**
	 * Without a value the line has a gap.
	 * @param {Array<[number, ?number]>} points times and values
	 * @param {[number, number]} domain the first and the last time
	 */
	show(points, [begin, end]) {
		const shown = points.filter(([time]) => time >= begin);
		const most = Math.max(1e-9, ...shown.map(([, value]) => value ?? 0)) * 1.08;
		const pieces = [[]];
		for (const [time, value] of shown) {
			if (value === null) {
				pieces.push([]);
			}
			else {
				const x = ((time - begin) / (end - begin) * WIDTH).toFixed(1);
				pieces.at(-1).push({ x, point: `${x} ${(HEIGHT - 1 - value / most * (HEIGHT - 3)).toFixed(1)}` });
			}
		}
		const lines = pieces.filter((piece) => piece.length > 1)
			.map((piece) => ({ from: piece[0].x, to: piece.at(-1).x, line: piece.map(({ point }) => point).join('L') }));
		set(this.line, { d: lines.map(({ line }) => `M${line}`).join('') });
		set(this.area, { d: lines.map(({ from, to, line }) => `M${from} ${HEIGHT}L${line}L${to} ${HEIGHT}Z`).join('') });
	}

}
