/**
 * Numbers, times and foreign text, as they are shown.
 */

const GROUPED = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

const ONE_DECIMAL = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

const NONE = '–';

const SHOWN_TEXT = 160;

const TIME = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

const TIME_WITH_SECONDS = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * A whole number: `1,234`, from ten thousand on `12.3 k`.
 * @param {?number} value the number
 * @returns {string}
 */
export function count(value) {
	if (!isNumber(value)) {
		return NONE;
	}
	return (Math.abs(value) < 10_000) ? GROUPED.format(value) : scaled(value, ['', ' k', ' M', ' G', ' T']);
}

/**
 * All digits of a whole number.
 * @param {?number} value the number
 * @returns {string}
 */
export function digits(value) {
	return isNumber(value) ? GROUPED.format(value) : NONE;
}

/**
 * A number of events per second: `11.8`, `1,234`, `12.3 k`.
 * @param {?number} value the number
 * @returns {string}
 */
export function rate(value) {
	return (isNumber(value) && value < 100 && value % 1 !== 0) ? ONE_DECIMAL.format(value) : count(value);
}

/**
 * A number of bytes: `64 B`, `1.5 kB`.
 * @param {?number} value the number
 * @returns {string}
 */
export function bytes(value) {
	return isNumber(value) ? scaled(value, [' B', ' kB', ' MB', ' GB', ' TB', ' PB']) : NONE;
}

/**
 * Bytes per second.
 * @param {?number} value the number
 * @returns {string}
 */
export function byteRate(value) {
	return isNumber(value) ? `${bytes(value)}/s` : NONE;
}

/**
 * A short time: `14 µs`, `1.2 ms`, `3 s`.
 * @param {?number} value the time in microseconds
 * @returns {string}
 */
export function micros(value) {
	return isNumber(value) ? scaled(value, [' µs', ' ms', ' s']) : NONE;
}

/**
 * A short time.
 * @param {?number} value the time in milliseconds
 * @returns {string}
 */
export function millis(value) {
	return isNumber(value) ? micros(value * 1000) : NONE;
}

/**
 * A long time: `12 s`, `3 min 4 s`, `5 h 12 min`, `3 d 4 h`.
 * @param {?number} seconds the time in seconds
 * @returns {string}
 */
export function duration(seconds) {
	if (!isNumber(seconds)) {
		return NONE;
	}
	const whole = Math.max(0, Math.floor(seconds));
	if (whole < 60) {
		return `${whole} s`;
	}
	if (whole < 3600) {
		return two(Math.floor(whole / 60), 'min', whole % 60, 's');
	}
	if (whole < 86_400) {
		return two(Math.floor(whole / 3600), 'h', Math.floor(whole / 60) % 60, 'min');
	}
	return two(Math.floor(whole / 86_400), 'd', Math.floor(whole / 3600) % 24, 'h');
}

function two(large, largeUnit, small, smallUnit) {
	return (small > 0) ? `${large} ${largeUnit} ${small} ${smallUnit}` : `${large} ${largeUnit}`;
}

/**
 * The time of day.
 * @param {number} time milliseconds since 1970
 * @param {boolean} [seconds] whether to show seconds
 * @returns {string}
 */
export function clock(time, seconds = false) {
	return (seconds ? TIME_WITH_SECONDS : TIME).format(time);
}

/**
 * Text from a client with every invisible character made visible, as `\u202e`, so that it can neither hide nor turn what
 * is around it.
 * @param {string} value the text
 * @param {number} [limit] the most characters, the rest becomes `…`
 * @returns {string}
 */
export function foreign(value, limit = SHOWN_TEXT) {
	const characters = [...value.slice(0, 2 * limit + 2)];
	const shown = (characters.length > limit) ? `${characters.slice(0, limit).join('')}…` : value;
	return shown.replace(HIDDEN, escaped).replace(SURROGATE, escaped);
}

function escaped(character) {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * The name of an enumeration's value as words: `Slow consumer`.
 * @param {string} name the name
 * @returns {string}
 */
export function words(name) {
	const lower = name.toLowerCase().replaceAll('_', ' ');
	return lower.charAt(0).toUpperCase() + lower.slice(1);
}

function scaled(value, units) {
	let unit = 0;
	let rest = value;
	while (Math.abs(rest) >= 999.5 && unit < units.length - 1) {
		rest /= 1000;
		unit++;
	}
	const decimals = (rest % 1 === 0 && unit === 0) || Math.abs(rest) >= 100 ? 0 : (Math.abs(rest) >= 10) ? 1 : 2;
	return `${trimmed(rest.toFixed(decimals))}${units[unit]}`;
}

function trimmed(number) {
	return number.includes('.') ? number.replace(/\.?0+$/, '') : number;
}

function isNumber(value) {
	return typeof value === 'number' && Number.isFinite(value);
}
