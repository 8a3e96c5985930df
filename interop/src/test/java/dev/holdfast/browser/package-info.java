/**
 * Tests in a real browser. Start with {@link dev.holdfast.browser.DashboardBrowserTests}.
 */
@NullMarked
package dev.holdfast.browser;

import org.jspecify.annotations.NullMarked;
