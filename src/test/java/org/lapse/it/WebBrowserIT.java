package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import org.junit.jupiter.api.Test;

@OnServer
class WebBrowserIT {
    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void browserOpensThePageOfTheDemonstration() {
        try (WebBrowser browser = WebBrowser.open();
                BrowserContext profile = browser.profile(lapse)) {
            assertThat(profile.newPage().navigate("/demo/").status()).isEqualTo(200);
        }
    }
}
