package dev.holdfast.benchmarks.run;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in Markdown. Confined to one thread.
 */
final class MarkdownTable {

	private final List<String> lines = new ArrayList<>();

	MarkdownTable(String... headers) {
		row((Object[]) headers);
		this.lines.add("|---" + "|---:".repeat(headers.length - 1) + "|");
	}

	MarkdownTable row(Object... cells) {
		StringBuilder line = new StringBuilder("|");
		for (Object cell : cells) {
			line.append(' ').append(cell).append(" |");
		}
		this.lines.add(line.toString());
		return this;
	}

	void print() {
		System.out.println();
		System.out.println(this);
	}

	@Override
	public String toString() {
		return String.join("\n", this.lines);
	}

}
