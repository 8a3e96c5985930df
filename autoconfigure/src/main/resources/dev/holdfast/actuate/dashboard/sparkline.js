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
	 * @param {Array<[number, ?number]>} points times and values
	 * @param {[number, number]} domain the first and the last time
	 */
	show(points, [begin, end]) {
		const drawn = points.filter(([time, value]) => value !== null && time >= begin);
		const most = Math.max(1e-9, ...drawn.map((point) => point[1])) * 1.08;
		const path = drawn.map(([time, value]) => {
			const x = (time - begin) / (end - begin) * WIDTH;
			return `${x.toFixed(1)} ${(HEIGHT - 1 - value / most * (HEIGHT - 3)).toFixed(1)}`;
		});
		const empty = path.length < 2;
		set(this.line, { d: empty ? '' : `M${path.join('L')}` });
		const [first, last] = [path[0], path.at(-1)].map((point) => point?.split(' ')[0]);
		set(this.area, { d: empty ? '' : `M${first} ${HEIGHT}L${path.join('L')}L${last} ${HEIGHT}Z` });
	}

}
