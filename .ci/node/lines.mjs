// What the checks beside this file share: one line out, one line in.
import assert from 'node:assert/strict'
import { once } from 'node:events'

// Resolves to the next line, or to null if there is none.
export function line(readable) {
	return new Promise((resolve, reject) => {
		let received = ''
		const late = setTimeout(() => reject(new Error(`only '${received}' came`)), 20_000)
		function end(result) {
			clearTimeout(late)
			resolve(result)
		}
		readable.on('data', (data) => {
			received += data
			if (received.includes('\n')) {
				end(received.slice(0, received.indexOf('\n')))
			}
		})
		readable.once('end', () => end(null))
		readable.once('error', () => end(null))
		readable.once('close', () => end(null))
	})
}

export async function ask(socket, text) {
	const reply = line(socket)
	socket.write(`${text}\n`)
	assert.equal(await reply, text)
}

export async function end(child) {
	const exited = once(child, 'exit')
	child.kill()
	await exited
}
