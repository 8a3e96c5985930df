/**
 * Scales with round numbers on them.
 */

const STEPS_SECONDS = [5, 10, 15, 30, 60, 120, 300];

/**
 * A scale and the values that are written beside it.
 * @typedef {{ticks: number[], share: function(number): number}} Scale
 */

/**
 * Returns a scale from zero.
 * @param {number} most the greatest value that must fit
 * @returns {Scale}
 */
export function linearTicks(most) {
	const step = roundStep(most / 4);
	const end = Math.ceil(most / step - 1e-9) * step;
	const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step);
	return { ticks, share: (value) => value / end };
}

function roundStep(rough) {
	const magnitude = 10 ** Math.floor(Math.log10(rough));
	return magnitude * [1, 2, 2.5, 5, 10].find((factor) => factor * magnitude >= rough * (1 - 1e-9));
}

/**
 * Returns a logarithmic scale of whole decades.
 * @param {number} least the least value above zero that must fit
 * @param {number} most the greatest value that must fit
 * @returns {Scale}
 */
export function logTicks(least, most) {
	const begin = Math.floor(Math.log10(Math.max(1, Math.min(least || 1, most))));
	const end = Math.max(begin + 1, Math.ceil(Math.log10(most)));
	const decades = Array.from({ length: end - begin + 1 }, (_, index) => 10 ** (begin + index));
	const ticks = (decades.length > 2) ? decades : [1, 2, 5, 10].map((factor) => factor * decades[0]);
	return { ticks, share: (value) => (Math.log10(Math.max(value, 10 ** begin)) - begin) / (end - begin) };
}

/**
 * Returns round times of day.
 * @param {number} begin the first time
 * @param {number} end the last time
 * @param {number} width the room for them, in pixels
 * @returns {Array<{time: number, seconds: boolean}>} the times, and whether their seconds matter
 */
export function timeTicks(begin, end, width) {
	const most = Math.max(2, width / 72);
	const step = 1000 * (STEPS_SECONDS.find((seconds) => (end - begin) / 1000 / seconds <= most) ?? 600);
	const ticks = [];
	for (let time = Math.ceil(begin / step) * step; time <= end; time += step) {
		ticks.push({ time, seconds: step < 60_000 });
	}
	return ticks;
}
