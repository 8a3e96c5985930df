// Opens TLS connections to an echo server all the time and sends each a line, while certificates change:
// node rotation.mjs PORT OLD-CERTIFICATE NEW-CERTIFICATE
// Prints "old" when the first was served with the old certificate, and ends when enough were with the new one.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import tls from 'node:tls'

const [port, ...files] = process.argv.slice(2)
const ca = files.map((file) => readFileSync(file))
const [oldPrint, newPrint] = ca.map((certificate) => new X509Certificate(certificate).fingerprint256)
const enough = 200
const deadline = Date.now() + 60_000
const served = { [oldPrint]: 0, [newPrint]: 0 }

async function connect(index) {
	const socket = tls.connect({ port, host: '127.0.0.1', servername: 'localhost', ca })
	await once(socket, 'secureConnect')
	socket.write(`line ${index}\n`)
	const [reply] = await once(socket, 'data')
	assert.equal(reply.toString(), `line ${index}\n`)
	const print = socket.getPeerX509Certificate().fingerprint256
	if (print === oldPrint && served[oldPrint]++ === 0) {
		console.log('old')
	}
	else if (print === newPrint) {
		served[newPrint]++
	}
	return socket
}

async function client(number) {
	for (let i = 0; served[newPrint] < enough; i++) {
		assert.ok(Date.now() < deadline, `the new certificate was served ${served[newPrint]} times`)
		const socket = await connect(`${number}-${i}`)
		socket.destroy()
	}
}

// One connection that was opened before and must stay.
const early = await connect('early')
await Promise.all(Array.from({ length: 8 }, (_, number) => client(number)))
early.write('still here\n')
assert.equal((await once(early, 'data'))[0].toString(), 'still here\n')
early.destroy()
console.log(`${served[oldPrint]} handshakes with the old certificate and ${served[newPrint]} with the new one, none failed`)
