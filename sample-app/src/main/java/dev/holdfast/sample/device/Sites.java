package dev.holdfast.sample.device;

/**
 * Names of the groups that belong to a site.
 */
final class Sites {

	private Sites() {
	}

	static String group(String site) {
		return "site:" + site;
	}

	static String watchers(String site) {
		return "watch:" + site;
	}

}
