package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nobody becomes an administrator by having one follow a link. */
@OnServer
class ConsentIT {
    private static final String ADMIN = "admin@demo.example";
    private static final String ORDERS = "https://orders.example";
    private static final String CONSENTS = "/api/v2/users/me/consents";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Browser browser = new Browser(lapse);
    private String id = "";

    @BeforeEach
    void administratorIsSignedIn() {
        id = lapse.administrator().createBrowserClient(lapse.url("/demo/").toString(), false);
        new DemoDesk(lapse, browser).signIn(ADMIN);
    }

    @Test
    void linkOfAStrangerLeadsToAQuestion() {
        DemoDesk stranger = DemoDesk.as(lapse, browser, id);

        Answer page = stranger.authorize().expect(200);

        assertThat(page.body()).contains("name=\"decision\"").contains(ADMIN);
        assertThat(page.header("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
        Answer back = browser.submit(page, Form.of("decision", "deny"));
        assertThat(back.location().getQuery()).contains("error=access_denied");
    }

    @Test
    void tokenReachesAsFarAsTheScopeThatWasAllowed() {
        DemoDesk stranger = DemoDesk.as(lapse, browser, id);
        Form request = stranger.authorizationRequest().with("scope", "openid all directory");

        TokenHolder holder =
                stranger.comeBack(browser.submit(stranger.authorize(request), Form.of("decision", "allow")));

        assertThat(holder.tokens().scope()).isEqualTo("openid directory");
        holder.get("/api/v2/users").expect(200);
        Answer refused = holder.get("/api/v2/audits");
        assertThat(refused).isRefused(403, "insufficient.scope");
        assertThat(refused.header("WWW-Authenticate")).hasValueSatisfying(challenge -> assertThat(challenge)
                .contains("error=\"insufficient_scope\"")
                .contains("scope=\"audits:audit:view\""));
    }

    @Test
    void apiOfAnotherIsNamedAndAskedFor() {
        DemoDesk stranger = DemoDesk.as(lapse, browser, id);
        stranger.comeBack(browser.submit(stranger.authorize(), Form.of("decision", "allow")));
        Form orders = stranger.authorizationRequest().with("resource", ORDERS);

        assertThat(stranger.authorize(orders.with("prompt", "none")).location().getQuery())
                .contains("error=consent_required");
        Answer page = stranger.authorize(orders).expect(200);
        assertThat(page.body()).contains("<li>" + ORDERS + "</li>");

        assertThat(browser.submit(page, Form.of("decision", "allow")).location().getQuery())
                .contains("code=");
        DemoDesk desk = new DemoDesk(lapse, browser);
        TokenHolder self = desk.comeBack(desk.authorize());
        assertThat(self.get(CONSENTS).expect(200).body()).contains("\"" + ORDERS + "\"");
    }

    @Test
    void consentIsListedAndTakenBack() {
        DemoDesk stranger = DemoDesk.as(lapse, browser, id);
        TokenHolder holder = stranger.comeBack(browser.submit(stranger.authorize(), Form.of("decision", "allow")));
        DemoDesk desk = new DemoDesk(lapse, browser);
        TokenHolder self = desk.comeBack(desk.authorize());

        assertThat(self.get(CONSENTS).expect(200).json().required("entities").findValuesAsText("id"))
                .contains(id);
        self.delete(CONSENTS + "/" + id).expect(200);

        assertThat(holder.use()).isRefused(401, "bad.credentials");
        assertThat(self.delete(CONSENTS + "/" + id)).isRefused(404, "not.found");
        assertThat(stranger.authorize(stranger.authorizationRequest().with("prompt", "none"))
                        .location()
                        .getQuery())
                .contains("error=consent_required");
    }
}
