// Lets "openssl s_client" talk to a TLS server of lines: node openssl.mjs PORT CERTIFICATE [LINE REPLY]
// The reply must hold the text REPLY; without both, the server must echo.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { end, line } from './lines.mjs'

const [port, certificate, request = 'hello from openssl', expected = request] = process.argv.slice(2)

function client(...options) {
	return spawn('openssl', ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', 'localhost', '-quiet',
		'-verify_return_error', ...options], { stdio: ['pipe', 'pipe', 'pipe'] })
}

for (const version of ['-tls1_2', '-tls1_3']) {
	const openssl = client('-CAfile', certificate, version)
	const reply = line(openssl.stdout)
	openssl.stdin.write(`${request}\n`)
	assert.ok((await reply)?.includes(expected), `the reply is '${await reply}'`)
	await end(openssl)
	console.log(`openssl s_client ${version}: answered`)
}

for (const [what, ...options] of [['TLS 1.1', '-CAfile', certificate, '-tls1_1'], ['an unknown certificate']]) {
	const openssl = client(...options)
	const [code] = await once(openssl, 'exit')
	assert.notEqual(code, 0)
	console.log(`openssl s_client with ${what}: no handshake`)
}
