package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.FakeResponse;

/** Forms that one browser has open side by side, and those of another one. */
@OnBothDatabases
class FormsSideBySideTest {
    private final BrowserApplication desk;
    private final LogoutServlet signOut;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    FormsSideBySideTest(LapseInJavaSE lapse) {
        this.desk = BrowserApplication.in(lapse, Duration.ofHours(1));
        this.signOut = lapse.get(LogoutServlet.class);
    }

    @Test
    void eachOfThreeTabsThatOpenAtOnceSignsIn() {
        List<FakeResponse> tabs = browser.openAtOnce(desk.authorization(), desk.address(Map.of()), 3);

        for (FakeResponse tab : tabs) {
            assertThat(answerOf(desk.fillIn(browser, tab), "code")).isPresent();
        }
    }

    @Test
    void eachOfThreeTabsThatOpenAtOnceSignsOut() {
        desk.signIn(browser);
        browser.forget("lapse_form");
        List<FakeResponse> tabs = browser.openAtOnce(signOut, "/logout", 3);

        for (FakeResponse tab : tabs) {
            assertThat(browser.submit(signOut, "/logout", tab, Map.of()).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theFormOfAnotherBrowserSignsNobodyIn() {
        browser.openAtOnce(desk.authorization(), desk.address(Map.of()), 3);
        FakeResponse ofTheAttacker = desk.ask(new BrowserInJavaSE());

        FakeResponse refused = desk.fillIn(browser, ofTheAttacker);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.cookies()).noneMatch(cookie -> cookie.getName().equals("lapse_sign_in"));
    }
}
