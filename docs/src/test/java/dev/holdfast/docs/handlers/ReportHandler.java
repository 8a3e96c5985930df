package dev.holdfast.docs.handlers;

import dev.holdfast.handler.Blocking;
import dev.holdfast.handler.OnMessage;
import dev.holdfast.handler.SocketController;

@SocketController("reports")
class ReportHandler {

	private final ReportRepository reports;

	ReportHandler(ReportRepository reports) {
		this.reports = reports;
	}

	@Blocking
	@OnMessage("count")
	long count() {
		return this.reports.count();
	}

	@Blocking(interrupt = true)
	@OnMessage("render")
	String render(String line) throws InterruptedException {
		return this.reports.render(line);
	}

	@OnMessage("ping")
	String ping() {
		return "pong";
	}

	interface ReportRepository {

		long count();

		String render(String line) throws InterruptedException;

	}

}
