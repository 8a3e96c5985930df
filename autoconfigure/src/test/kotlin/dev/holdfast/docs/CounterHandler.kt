package dev.holdfast.docs

import dev.holdfast.handler.OnMessage
import dev.holdfast.handler.SocketController
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

@SocketController("counter")
class CounterHandler {

	@OnMessage("add")
	suspend fun add(sum: Sum): Result {
		delay(10)
		return Result(sum.left + sum.right)
	}

	@OnMessage("count")
	fun count(): Flow<Int> = flow {
		for (i in 1..3) {
			delay(1000)
			emit(i)
		}
	}

	data class Sum(val left: Int, val right: Int = 0)

	data class Result(val sum: Int)

}
