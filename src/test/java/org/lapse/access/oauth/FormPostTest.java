package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.FakeResponse;

/** An application that does not want its code in an address has the browser post it. */
@OnBothDatabases
class FormPostTest {
    private static final Pattern FIELD =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final BrowserApplication application;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();

    FormPostTest(LapseInJavaSE lapse) {
        this.application = BrowserApplication.in(lapse, Duration.ofHours(1));
    }

    @Test
    void codeComesInAFormThatLeadsToTheApplicationAlone() {
        FakeResponse page = application.ask(browser, Map.of("response_mode", "form_post", "state", "s1"));
        FakeResponse back = application.fillIn(browser, page);
        Map<String, String> answer = formOf(back);

        assertThat(back.header("Location")).isEmpty();
        assertThat(back.header("Cache-Control")).contains("no-store");
        assertThat(back.header("Content-Security-Policy").orElseThrow())
                .contains("form-action 'self' " + origin() + ";");
        assertThat(answer).containsOnlyKeys("code", "state", "iss").containsEntry("state", "s1");
        assertThat(application.redeem(answer.getOrDefault("code", ""), "").getAccessToken())
                .isNotNull();
    }

    @Test
    void whyThereIsNoCodeComesInAFormToo() {
        FakeResponse back = application.ask(browser, Map.of("response_mode", "form_post", "prompt", "none"));

        assertThat(formOf(back)).containsEntry("error", "login_required");
    }

    @Test
    void nothingOfTheRequestBecomesMarkup() {
        FakeResponse back = application.ask(
                browser, Map.of("response_mode", "form_post", "prompt", "none", "state", "\"><b>\u00e4"));

        assertThat(back.body()).contains("value=\"&quot;&gt;&lt;b&gt;\u00e4\"").doesNotContain("<b>");
    }

    private static String origin() {
        return BrowserApplication.REDIRECT.replaceAll("(?<=[^:/])/.*", "");
    }

    private static Map<String, String> formOf(FakeResponse page) {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<form method=\"post\" action=\"" + BrowserApplication.REDIRECT + "\">");
        Map<String, String> fields = new HashMap<>();
        for (Matcher field = FIELD.matcher(page.body()); field.find(); ) {
            fields.put(field.group(1), field.group(2).replace("&#x2F;", "/").replace("&#x3D;", "="));
        }
        return fields;
    }
}
