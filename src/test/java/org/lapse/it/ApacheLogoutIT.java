package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that nobody wrote for Lapse lets nobody in any more when the session at Lapse lapses. */
@OnServer
class ApacheLogoutIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void modAuthOpenidcEndsItsSessionWithinASecondOfTheLapse() throws IOException {
        lapse.letPass(Duration.ofHours(1)); // as other tests do
        int port = ServerProcess.freePort();
        String callback = ApacheSite.callback(port);
        JsonNode client = lapse.service()
                .post(
                        "/api/v2/oauth/clients",
                        "{\"name\":\"Apache\",\"authorizedGrantType\":\"CODE\",\"trusted\":true,"
                                + "\"registeredRedirectUri\":[\"" + callback + "\"],\"backchannelLogoutUri\":\""
                                + callback + "?logout=backchannel\"}")
                .expect(200)
                .json();
        try (ApacheSite site = new ApacheSite(
                lapse,
                port,
                client.required("id").asText(),
                client.required("secret").asText())) {
            signIn(site);
            assertThat(site.open().expect(200).body()).isEqualTo("inside");
            administrator.setTimeout(TIMEOUT);

            lapse.letPass(TIMEOUT);

            await().atMost(Duration.ofSeconds(1)).until(() -> site.open().status() == 302);
        } finally {
            lapse.service()
                    .delete("/api/v2/oauth/clients/" + client.required("id").asText())
                    .expect(200);
        }
    }

    private void signIn(ApacheSite site) {
        URI authorize = site.open().expect(302).location();
        Browser browser = new Browser(lapse);
        Answer page = browser.open(authorize.getRawPath() + "?" + authorize.getRawQuery());
        Answer back = browser.submit(page, Form.of("username", "alice@demo.example", "password", DemoDesk.PASSWORD));
        site.open(back.location()).expect(302);
    }
}
