/**
 * The two kinds of plots: lines and stacked bars.
 */
import { svg } from './dom.js';
import { areaPath, linePath, pieces } from './path.js';
import { BASELINE, Plot } from './plot.js';

const NEAR_MILLIS = 5000;

/** Values as lines; the area below a single line is tinted. */
export class Lines extends Plot {

	drawMarks() {
		const lines = this.content.series.map(({ color, points }) => svg('path.line', {
			'data-color': color, d: linePath(this.#pieces(points))
		}));
		const areas = this.content.series.slice(0, (lines.length === 1) ? 1 : 0).map(({ color, points }) => svg('path.area', {
			'data-color': color, d: areaPath(this.#pieces(points), BASELINE)
		}));
		this.marks.replaceChildren(...areas, ...lines);
	}

	/** @param {?number} time a time, `null` for the latest @returns {Array<{name, color, value}>} the values there */
	values(time) {
		return this.content.series.map(({ name, color, points }) => ({ name, color, value: valueAt(points, time) }));
	}

	#pieces(points) {
		const begin = this.content.domain[0];
		const shown = points.filter(([time], index) => time >= begin || (points[index + 1]?.[0] ?? Infinity) > begin);
		return pieces(shown, (time, value) => `${this.x(Math.max(time, begin)).toFixed(1)} ${this.y(value).toFixed(1)}`);
	}

}

function valueAt(points, time) {
	if (time === null) {
		return points.at(-1)?.[1] ?? null;
	}
	let nearest = null;
	for (const point of points) {
		if (nearest === null || Math.abs(point[0] - time) < Math.abs(nearest[0] - time)) {
			nearest = point;
		}
	}
	return (nearest && Math.abs(nearest[0] - time) < NEAR_MILLIS) ? nearest[1] : null;
}

/** Counts in steps of time as stacked bars. A point's time is the begin of its step. */
export class Bars extends Plot {

	drawMarks() {
		const bars = [];
		const [begin, end] = this.content.domain;
		for (const [time, parts] of this.#stacks()) {
			const left = this.x(Math.max(begin, time)) + 0.5;
			const right = this.x(Math.min(end, time + this.content.step)) - 0.5;
			let below = 0;
			for (const { color, value } of parts) {
				const top = this.y(below + value);
				bars.push(svg('rect', {
					'data-color': color, x: left.toFixed(1), width: Math.max(0.5, right - left).toFixed(1),
					y: top.toFixed(1), height: (this.y(below) - top).toFixed(1)
				}));
				below += value;
			}
		}
		this.marks.replaceChildren(...bars);
	}

	#stacks() {
		const stacks = new Map();
		for (const { color, points } of this.content.series) {
			for (const [time, value] of points.filter((point) => point[1] > 0)) {
				stacks.set(time, [...stacks.get(time) ?? [], { color, value }]);
			}
		}
		return stacks;
	}

	extent() {
		const sums = [...this.#stacks().values()].map((parts) => parts.reduce((sum, part) => sum + part.value, 0));
		return [0, Math.max(0, ...sums)];
	}

	/** @param {?number} time a time, `null` for the sum over all @returns {Array<{name, color, value}>} the counts */
	values(time) {
		return this.content.series.map(({ name, color, points }) => {
			const counted = points.filter(([begin]) => time === null || (begin <= time && time < begin + this.content.step));
			return { name, color, value: counted.reduce((sum, point) => sum + (point[1] ?? 0), 0) };
		});
	}

}
