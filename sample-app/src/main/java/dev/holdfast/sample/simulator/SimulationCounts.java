package dev.holdfast.sample.simulator;

/**
 * What all devices count together. Written by the event loop, read by the thread that
 * prints; a reader may see the last second late.
 */
final class SimulationCounts {

	volatile int online;

	volatile long reported;

	volatile long acknowledged;

	volatile long pushed;

	volatile long refused;

	volatile long failed;

	private long reportedBefore;

	private long acknowledgedBefore;

	private long pushedBefore;

	/**
	 * Return what happened since the last call.
	 * @param second the seconds since the beginning
	 * @return a line to print
	 */
	String line(int second) {
		long reports = this.reported - this.reportedBefore;
		long acknowledgements = this.acknowledged - this.acknowledgedBefore;
		long pushes = this.pushed - this.pushedBefore;
		this.reportedBefore += reports;
		this.acknowledgedBefore += acknowledgements;
		this.pushedBefore += pushes;
		return "%4d s  online %,7d  telemetry/s %,7d  acks/s %,7d  pushes %,9d (+%,d)  refused %,d  failed %,d"
			.formatted(second, this.online, reports, acknowledgements, this.pushed, pushes, this.refused, this.failed);
	}

}
