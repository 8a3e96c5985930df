/*
 * Applies the colours that were chosen before, ahead of the first paint: hence no module.
 */
(() => {
	'use strict';
	try {
		const theme = localStorage.getItem('holdfast.theme');
		if (theme === 'light' || theme === 'dark') {
			document.documentElement.dataset.theme = theme;
		}
	}
	catch {
		// Storage may be forbidden: the colours are the system's then.
	}
})();
