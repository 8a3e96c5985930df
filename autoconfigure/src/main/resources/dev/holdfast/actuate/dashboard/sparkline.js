/**
 * A small line without axes.
 */
import { set, svg } from './dom.js';
import { areaPath, linePath, pieces } from './path.js';

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
		const lines = pieces(shown, (time, value) => {
			const x = (time - begin) / (end - begin) * WIDTH;
			return `${x.toFixed(1)} ${(HEIGHT - 1 - value / most * (HEIGHT - 3)).toFixed(1)}`;
		}).filter((piece) => piece.length > 1);
		set(this.line, { d: linePath(lines) });
		set(this.area, { d: areaPath(lines, HEIGHT) });
	}

}
