package dev.holdfast.handler

import dev.holdfast.connection.SocketConnection
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/**
 * Handler as a Kotlin developer writes it.
 */
@SocketController
class KotlinHandler {

	val waiting = CompletableDeferred<Unit>()

	val cancelled = CompletableDeferred<Unit>()

	@OnOpen
	suspend fun opened(): String {
		delay(20)
		return "Welcome"
	}

	@OnMessage("echo")
	suspend fun echo(line: String, connection: SocketConnection): String {
		delay(5)
		return "${connection.server()}: $line"
	}

	@OnMessage("now")
	suspend fun now(line: String): String = line

	@OnMessage("many")
	suspend fun many(line: String, connection: SocketConnection, @Route route: String,
			@ConnectionAttribute("missing") missing: String?): String {
		delay(5)
		return "$route $missing ${connection.isOpen}"
	}

	@OnMessage("unit")
	suspend fun unit(connection: SocketConnection) {
		delay(5)
		connection.send("sent")
	}

	@OnMessage("null")
	suspend fun nothing(): String? {
		delay(5)
		return null
	}

	@OnMessage("plain")
	fun plain(connection: SocketConnection) {
		connection.send("plain")
	}

	@OnMessage("flow")
	fun numbers(): Flow<String> = flow {
		for (i in 1..3) {
			delay(5)
			emit("number $i")
		}
	}

	@OnMessage("suspendingFlow")
	suspend fun later(): Flow<String> {
		delay(5)
		return numbers()
	}

	@Blocking
	@OnMessage("blocking")
	suspend fun blocking(): String = Thread.currentThread().name

	@OnMessage("fail")
	suspend fun fail(): String {
		delay(5)
		throw IllegalStateException("suspended")
	}

	@OnMessage("wait")
	suspend fun waitForever(): String {
		waiting.complete(Unit)
		try {
			awaitCancellation()
		}
		finally {
			cancelled.complete(Unit)
		}
	}

	@OnError
	suspend fun failed(ex: IllegalStateException): String {
		delay(5)
		return "Failed: ${ex.message}"
	}

}

/**
 * Payload as a Kotlin developer writes it.
 */
data class Reading(val device: String, val value: Double, val unit: String = "C")

/**
 * Handler of data classes.
 */
@SocketController
class DataHandler {

	@OnMessage
	suspend fun reading(reading: Reading): Reading {
		delay(5)
		return reading.copy(value = reading.value + 1)
	}

}
