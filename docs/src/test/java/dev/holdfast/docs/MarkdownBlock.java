package dev.holdfast.docs;

/**
 * A fenced block of a page. Immutable.
 *
 * @param page the page, relative to the project
 * @param line the number of the block's first line
 * @param language the word behind the fence, possibly empty
 * @param text what is between the fences
 */
record MarkdownBlock(String page, int line, String language, String text) {

	@Override
	public String toString() {
		return "%s:%d".formatted(this.page, this.line);
	}

}
