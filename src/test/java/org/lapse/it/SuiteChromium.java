package org.lapse.it;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one browser of the suite: opened for the first test class that has this extension, and closed after the last. */
final class SuiteChromium implements BeforeAllCallback {
    private static final Namespace SUITE = Namespace.create(SuiteChromium.class);

    @SuppressWarnings("NullAway.Init") // beforeAll() fills it
    private WebBrowser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        browser = context.getRoot()
                .getStore(SUITE)
                .getOrComputeIfAbsent(WebBrowser.class, type -> WebBrowser.open(), WebBrowser.class);
    }

    WebBrowser browser() {
        return browser;
    }
}
