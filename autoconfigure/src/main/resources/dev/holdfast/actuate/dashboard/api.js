/**
 * The endpoints of the application, relative to where this file came from: that holds under any base path, context path
 * and port.
 */

const HERE = new URL('.', import.meta.url);

const TIMEOUT_MILLIS = 5000;

const CSRF_COOKIE = 'XSRF-TOKEN';

const CSRF_HEADER = 'X-XSRF-TOKEN';

/**
 * An answer that is none: the status says why, 0 if there was none at all.
 */
export class RequestError extends Error {

	/**
	 * @param {string} message what to tell the user
	 * @param {number} status the status of the response, 0 without one
	 */
	constructor(message, status) {
		super(message);
		this.status = status;
	}

}

/**
 * What the page may do, as the application is configured.
 * @typedef {{application: ?string, sockets: {path: string, writable: boolean}, connections: {path: string, writable: boolean}}} Settings
 */

/** The calls of the page. */
export class Api {

	/** @param {Settings} settings where the endpoints are */
	constructor(settings) {
		this.sockets = new URL(settings.sockets.path, HERE);
		this.connections = new URL(settings.connections.path, HERE);
	}

	/**
	 * Reads what the page may do and where the endpoints are.
	 * @returns {Promise<Settings>}
	 */
	static settings() {
		return request(new URL('settings.json', HERE));
	}

	/** @returns {Promise<Object>} the samples of the last ten minutes that the application kept */
	history() {
		return request(new URL('history.json', HERE));
	}

	/** @returns {Promise<Object>} what all servers do now */
	servers() {
		return request(this.sockets);
	}

	/**
	 * Pauses, resumes or drains a server.
	 * @param {string} server the name of the server
	 * @param {string} action what to do
	 */
	act(server, action) {
		return request(below(this.sockets, server), 'POST', { action });
	}

	/**
	 * Reads a page of connections.
	 * @param {Object<string, string|number>} query conditions, offset and limit; empty ones are left out
	 * @returns {Promise<{total: number, connections: Object[]}>}
	 */
	page(query) {
		const url = new URL(this.connections);
		Object.entries(query).filter(([, value]) => value !== '')
			.forEach(([name, value]) => url.searchParams.set(name, value));
		return request(url);
	}

	/**
	 * Reads the details of a connection.
	 * @param {string} id the id of the connection
	 */
	connection(id) {
		return request(below(this.connections, id));
	}

	/**
	 * Ends a connection.
	 * @param {string} id the id of the connection
	 */
	kick(id) {
		return request(below(this.connections, id), 'DELETE');
	}

}

function below(url, name) {
	const result = new URL(url);
	result.pathname += `/${encodeURIComponent(name)}`;
	return result;
}

async function request(url, method = 'GET', body = null) {
	const response = await send(url, method, body);
	if (!response.ok) {
		throw new RequestError(reason(response.status, url), response.status);
	}
	if (response.status === 204) {
		return null;
	}
	if (!(response.headers.get('Content-Type') ?? '').includes('json')) {
		throw new RequestError('The application answered with a page instead of data: the session may have ended. '
				+ 'Reload to sign in again.', 401);
	}
	return response.json();
}

async function send(url, method, body) {
	const headers = { Accept: 'application/json', ...csrf(method) };
	if (body !== null) {
		headers['Content-Type'] = 'application/json';
	}
	try {
		return await fetch(url, {
			method, headers, cache: 'no-store', credentials: 'same-origin',
			body: (body !== null) ? JSON.stringify(body) : undefined, signal: AbortSignal.timeout(TIMEOUT_MILLIS)
		});
	}
	catch (failure) {
		throw new RequestError((failure.name === 'TimeoutError')
			? `The application did not answer within ${TIMEOUT_MILLIS / 1000} s.`
			: 'The application cannot be reached.', 0);
	}
}

function csrf(method) {
	if (method === 'GET') {
		return {};
	}
	const cookie = document.cookie.split('; ').find((pair) => pair.startsWith(`${CSRF_COOKIE}=`));
	return cookie ? { [CSRF_HEADER]: decodeURIComponent(cookie.slice(CSRF_COOKIE.length + 1)) } : {};
}

function reason(status, url) {
	const name = url.pathname.slice(url.pathname.lastIndexOf('/') + 1);
	switch (status) {
		case 400: return 'The application refused: that is not possible now.';
		case 401: return 'You are not signed in. Reload to sign in.';
		case 403: return 'You are not allowed to do that.';
		case 404: return `The application has no “${name}” here (404): it may not be exposed.`;
		case 405: return 'The application allows no changes here: its access is read-only.';
		default: return `The application answered with status ${status}.`;
	}
}
