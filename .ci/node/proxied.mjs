// Talks to servers behind a proxy that sends PROXY headers, from an address of its own, and asks the endpoints
// what they see: node proxied.mjs HTTP-PORT CERTIFICATE NAME=PORT...
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import net from 'node:net'
import tls from 'node:tls'
import { ask, line } from './lines.mjs'

const client = '127.0.0.9'
const [http, certificate, ...pairs] = process.argv.slice(2)
const ports = Object.fromEntries(pairs.map((pair) => pair.split('=')))

async function connect(port) {
	const socket = net.connect({ port, host: '127.0.0.1', localAddress: client })
	await once(socket, 'connect')
	return socket
}

async function secure(port) {
	const socket = tls.connect({ socket: await connect(port), servername: 'localhost', ca: readFileSync(certificate) })
	await once(socket, 'secureConnect')
	return socket
}

async function get(path) {
	const response = await fetch(`http://localhost:${http}/actuator/${path}`)
	assert.equal(response.status, 200)
	return response.json()
}

async function until(condition) {
	for (const deadline = Date.now() + 20_000; !(await condition());) {
		assert.ok(Date.now() < deadline, `not in time: ${condition}`)
		await new Promise((resolve) => setTimeout(resolve, 50))
	}
}

// The endpoint must list one connection of the server, with this address and port.
async function expectListed(server, address, port) {
	const { connections } = await get(`socketconnections?server=${server}`)
	assert.deepEqual(connections.map((connection) => connection.remoteAddress), [`${address}:${port}`])
}

async function served(what, server, socket, port) {
	await ask(socket, `hello through ${what}`)
	await expectListed(server, client, port)
	const { total } = await get(`socketconnections?server=${server}&address=${client}`)
	assert.equal(total, 1)
	socket.destroy()
	await until(async () => (await get(`socketconnections?server=${server}`)).total === 0)
	console.log(`${what}: the endpoint lists ${client}:${port}`)
}

async function refused(what, server) {
	const failed = async () => (await get(`sockets/${server}`)).connections.closed.HANDSHAKE_FAILED ?? 0
	const before = await failed()
	const socket = await connect(ports[what])
	const reply = line(socket)
	socket.write('hello\n')
	assert.equal(await reply, null)
	socket.destroy()
	await until(async () => (await failed()) > before)
	assert.equal((await get(`socketconnections?server=${server}`)).total, 0)
	console.log(`${what} (${server}): refused as HANDSHAKE_FAILED`)
}

for (const [what, server] of [['v1', 'proxied'], ['v2', 'proxied'], ['v2-auto', 'either'], ['direct-auto', 'either']]) {
	const socket = await connect(ports[what])
	await served(`${what} (${server})`, server, socket, socket.localPort)
}
const encrypted = await secure(ports['v2-tls'])
await served('v2-tls (secure-proxied)', 'secure-proxied', encrypted, encrypted.localPort)
await refused('v2-untrusted', 'stranger')
await refused('direct', 'proxied')
