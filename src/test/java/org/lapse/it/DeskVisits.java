package org.lapse.it;

import com.microsoft.playwright.Browser.NewContextOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What all tests of Demo Desk in a real browser begin and end with: the organization gives ten minutes, then the desk
 * locks; each test has a visitor, in whose pages nothing may have gone wrong when it is over.
 */
final class DeskVisits implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    private final SuiteChromium chromium = new SuiteChromium();
    private @Nullable Visitor visitor;

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium.beforeAll(context);
        administrator.setTimeout(TIMEOUT);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        administrator.setDeskOption("on-inactivity", "lock");
    }

    /** Somebody who comes in this test, and who leaves when it is over or another one comes. */
    Visitor visitor(NewContextOptions options) {
        return welcome(new Visitor(lapse, chromium.browser().profile(lapse, options)));
    }

    /** The same at a browser whose pages are tabs that hide one another. */
    Visitor visitorWithTabs() {
        return welcome(new Visitor(lapse, chromium.browser().tabs()));
    }

    private Visitor welcome(Visitor next) {
        leave();
        visitor = next;
        return next;
    }

    private void leave() {
        if (visitor != null) {
            Visitor leaving = visitor;
            visitor = null; // what this one complains about is no fault of the next test
            leaving.close();
            leaving.assertNoComplaints();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        leave();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        administrator.restore();
    }
}
