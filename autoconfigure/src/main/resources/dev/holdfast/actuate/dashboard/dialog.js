/**
 * Questions, details and short messages.
 */
import { element } from './dom.js';

const TOAST_MILLIS = 6000;

/**
 * Asks before something is done.
 * @param {{title: string, question: string, detail?: string, action: string, danger?: boolean}} options what to ask
 * @returns {Promise<boolean>} whether the user agreed
 */
export function confirm({ title, question, detail, action, danger }) {
	return new Promise((resolve) => {
		const dialog = element('dialog.dialog', { 'aria-labelledby': 'dialog-title' },
				element('h2', { id: 'dialog-title' }, title), element('p', {}, question),
				detail ? element('p.detail', { dir: 'auto' }, detail) : null,
				element('div.buttons', {},
						element('button.button', { type: 'button', 'data-cancel': true, click: () => dialog.close() },
								'Cancel'),
						element('button.button.primary', {
							type: 'button', 'data-confirm': true, 'data-danger': danger,
							click: () => dialog.close('agreed')
						}, action)));
		open(dialog, () => resolve(dialog.returnValue === 'agreed'));
	});
}

/**
 * Shows names and values.
 * @param {string} title what they are of
 * @param {Array<[string, string]>} entries the names and the values
 * @param {Node[]} [buttons] what can be done; each closes the dialog
 */
export function details(title, entries, buttons = []) {
	const rows = entries.map(([name, value]) => element('div', {}, element('dt', {}, name),
			element('dd', { dir: 'auto' }, value)));
	const dialog = element('dialog.dialog.wide', { 'aria-labelledby': 'dialog-title' },
			element('h2', { id: 'dialog-title' }, title), element('dl', {}, ...rows),
			element('div.buttons', { click: (event) => event.target.closest('button') && dialog.close() }, ...buttons,
					element('button.button', { type: 'button', 'data-cancel': true }, 'Close')));
	open(dialog, () => { });
}

function open(dialog, onClose) {
	dialog.addEventListener('close', () => {
		dialog.remove();
		onClose();
	});
	dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
	document.body.append(dialog);
	dialog.showModal();
}

/**
 * Says shortly what happened.
 * @param {string} message what happened
 * @param {boolean} [failed] whether it went wrong
 */
export function toast(message, failed = false) {
	const shown = element('p.toast', { 'data-failed': failed }, message);
	document.getElementById('toasts').append(shown);
	setTimeout(() => shown.remove(), TOAST_MILLIS);
}
