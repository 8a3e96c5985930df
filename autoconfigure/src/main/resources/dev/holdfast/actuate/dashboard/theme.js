/*
 * Applies the colours that were chosen before or else those of the system, ahead of the first paint: hence no module.
 */
(() => {
	'use strict';
	const root = document.documentElement;
	const dark = matchMedia('(prefers-color-scheme: dark)');
	const apply = () => {
		root.dataset.colors = root.dataset.theme ?? (dark.matches ? 'dark' : 'light');
	};
	try {
		const theme = localStorage.getItem('holdfast.theme');
		if (theme === 'light' || theme === 'dark') {
			root.dataset.theme = theme;
		}
	}
	catch {
		// Storage may be forbidden: the colours are the system's then.
	}
	apply();
	dark.addEventListener('change', apply);
	new MutationObserver(apply).observe(root, { attributeFilter: ['data-theme'] });
})();
