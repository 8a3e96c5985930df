// Two people talk in a room of the sample's chat, with Node's ws: node chat.mjs URL
import assert from 'node:assert/strict'
import { once } from 'node:events'
import WebSocket from 'ws'

const [url] = process.argv.slice(2)
const room = `room-${process.pid}`

async function enter(name) {
	const socket = new WebSocket(url)
	socket.events = []
	socket.on('message', (data, binary) => {
		assert.equal(binary, false)
		socket.events.push(JSON.parse(data))
		socket.emit('told')
	})
	await once(socket, 'open')
	say(socket, { type: 'join', name, room })
	return socket
}

function say(socket, request) {
	socket.send(JSON.stringify(request))
}

// Resolves to the next event, which must be of this type.
async function told(socket, type) {
	const late = setTimeout(() => socket.emit('error', new Error(`no '${type}' came`)), 20_000)
	while (socket.events.length === 0) {
		await once(socket, 'told')
	}
	clearTimeout(late)
	const event = socket.events.shift()
	assert.equal(event.type, type)
	return event
}

const alice = await enter('alice')
assert.deepEqual((await told(alice, 'joined')).members, ['alice'])
const bob = await enter('bob')
assert.deepEqual((await told(bob, 'joined')).members, ['alice', 'bob'])
assert.equal((await told(alice, 'entered')).name, 'bob')
say(bob, { type: 'say', text: 'hello, é€😀' })
for (const socket of [alice, bob]) {
	const { from, text } = await told(socket, 'message')
	assert.deepEqual([from, text], ['bob', 'hello, é€😀'])
}
say(alice, { type: 'say', text: '' })
await told(alice, 'error')
bob.close(1000)
assert.equal((await once(bob, 'close'))[0], 1000)
assert.equal((await told(alice, 'left')).name, 'bob')
alice.close(1000)
await once(alice, 'close')
console.log('chat: two clients of ws joined a room, saw each other and talked')
