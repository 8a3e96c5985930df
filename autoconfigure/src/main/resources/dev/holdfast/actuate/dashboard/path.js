/**
 * Paths of lines that have gaps where a value is missing.
 */

/**
 * @param {Array<[number, ?number]>} points times and values
 * @param {function(number, number): string} place where a time and a value are, as `x y`
 * @returns {Array<Array<string>>} the pieces between the gaps
 */
export function pieces(points, place) {
	const pieces = [];
	let piece = [];
	for (const [time, value] of points) {
		if (value === null) {
			piece = [];
			continue;
		}
		if (piece.length === 0) {
			pieces.push(piece);
		}
		piece.push(place(time, value));
	}
	return pieces;
}

/** @param {Array<Array<string>>} pieces what {@link pieces} returned @returns {string} the path of the line */
export function linePath(pieces) {
	return pieces.map((piece) => `M${piece.join('L')}`).join('');
}

/**
 * @param {Array<Array<string>>} pieces what {@link pieces} returned
 * @param {number} baseline where the area ends below
 * @returns {string} the path of the area below the line
 */
export function areaPath(pieces, baseline) {
	return pieces.map((piece) => {
		const [first, last] = [piece[0], piece.at(-1)].map((point) => point.split(' ')[0]);
		return `M${first} ${baseline}L${piece.join('L')}L${last} ${baseline}Z`;
	}).join('');
}
