// Talks to a WebSocket echo server with Node's ws: node compression.mjs URL [CA]
// Compression both ways, with and without context takeover, and an inflation bomb.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import WebSocket from 'ws'

const [url, ca] = process.argv.slice(2)
const limit = 64 * 1024

async function open(perMessageDeflate) {
	const socket = new WebSocket(url, { perMessageDeflate, ca: ca && readFileSync(ca) })
	socket.received = []
	socket.on('message', (data, binary) => {
		socket.received.push({ data, binary })
		socket.emit('counted')
	})
	await once(socket, 'open')
	return socket
}

async function receive(socket, count) {
	const late = setTimeout(() => socket.emit('error', new Error(`only ${socket.received.length} replies`)), 30_000)
	while (socket.received.length < count) {
		await once(socket, 'counted')
	}
	clearTimeout(late)
	return socket.received.splice(0)
}

async function close(socket, code, text) {
	const closed = once(socket, 'close')
	socket.close(code, text)
	return (await closed)[0]
}

function text(index) {
	return `message ${index}: ${'é€😀 and once more '.repeat(index * 20)}`
}

// Text that compresses badly on its own, so that only earlier messages can make it small.
const noise = Array.from({ length: 4000 }, () => Math.random().toString(36).at(-1)).join('')

// Sends texts and bytes of all lengths and checks what comes back, in order.
async function exchange(socket) {
	const messages = Array.from({ length: 60 }, (_, i) => (i % 3 === 2 ? Buffer.alloc(i * 700, i) : text(i)))
	const before = [socket._socket.bytesWritten, socket._socket.bytesRead]
	messages.forEach((message) => socket.send(message))
	const replies = await receive(socket, messages.length)
	replies.forEach(({ data, binary }, i) => {
		assert.equal(binary, typeof messages[i] !== 'string')
		assert.ok(data.equals(Buffer.from(messages[i])), `reply ${i} is another message`)
	})
	const payload = messages.reduce((sum, message) => sum + Buffer.byteLength(message), 0)
	return { payload, sent: socket._socket.bytesWritten - before[0], got: socket._socket.bytesRead - before[1] }
}

// Sends the same noise many times and returns the bytes that this took.
async function repeat(socket) {
	const before = socket._socket.bytesWritten
	for (let i = 0; i < 10; i++) {
		socket.send(noise)
	}
	for (const { data } of await receive(socket, 10)) {
		assert.equal(data.toString(), noise)
	}
	return socket._socket.bytesWritten - before
}

async function check(name, options, takeover) {
	const socket = await open(options)
	assert.equal(socket.extensions.includes('permessage-deflate'), options !== false, socket.extensions)
	const { payload, sent, got } = await exchange(socket)
	assert.ok(options === false ? sent > payload && got > payload : sent < payload / 5 && got < payload / 5,
		`${name}: ${payload} bytes took ${sent} to the server and ${got} back`)
	const repeated = await repeat(socket)
	assert.equal(repeated < 2 * noise.length, takeover, `${name}: ${repeated} bytes for ten times ${noise.length}`)
	assert.equal(await close(socket, 4001, 'done'), 4001)
	console.log(`${name}: ${payload} bytes took ${sent} to the server and ${got} back,`
		+ ` the same noise ten times ${repeated}; agreed on '${socket.extensions}'`)
}

async function fragments() {
	const socket = await open({ threshold: 0 })
	socket.send('€'.repeat(200), { fin: false })
	socket.ping('between')
	socket.send('end', { fin: true })
	const [[pong]] = await Promise.all([once(socket, 'pong'), receive(socket, 1).then(([{ data, binary }]) => {
		assert.equal(data.toString(), '€'.repeat(200) + 'end')
		assert.equal(binary, false)
	})])
	assert.equal(pong.toString(), 'between')
	await close(socket, 1000)
	console.log('fragments: joined around a ping')
}

async function handlerCloses() {
	const socket = await open(true)
	const closed = once(socket, 'close')
	socket.send('close')
	const [code, reason] = await closed
	assert.deepEqual([code, reason.toString()], [4002, 'as you wish'])
	console.log('close: 4002 with its reason')
}

// A frame of some kilobytes that becomes many megabytes.
async function bomb() {
	const beside = await open(true)
	const socket = await open({ threshold: 0 })
	const closed = once(socket, 'close')
	const before = socket._socket.bytesWritten
	socket.send(Buffer.alloc(32 * 1024 * 1024))
	const [code] = await closed
	const sent = socket._socket.bytesWritten - before
	assert.ok(sent < limit, `the frame has ${sent} bytes`)
	assert.equal(code, 1009)
	assert.equal(socket.received.length, 0)
	for (const other of [beside, await open(true)]) {
		other.send('alive')
		assert.equal((await receive(other, 1))[0].data.toString(), 'alive')
		await close(other, 1000)
	}
	console.log(`bomb: ${sent} bytes for 32 MB are closed with 1009, others are served`)
}

await check('no compression', false, false)
await check('context takeover', { threshold: 0 }, true)
await check('no context takeover', { threshold: 0, clientNoContextTakeover: true, serverNoContextTakeover: true }, false)
await check('no context takeover of the client', { threshold: 0, clientNoContextTakeover: true }, false)
await check('no context takeover of the server', { threshold: 0, serverNoContextTakeover: true }, true)
await fragments()
await handlerCloses()
await bomb()
