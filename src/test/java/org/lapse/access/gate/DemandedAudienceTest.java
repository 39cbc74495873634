package org.lapse.access.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** A proxy may demand that the token is for the service behind it. */
@OnBothDatabases(configuration = "lapse.access-token.resources=https://orders.example,https://stock.example")
class DemandedAudienceTest {
    private static final String ORDERS = "https://orders.example";
    private static final String STOCK = "https://stock.example";
    private static final String OURS = "http://localhost:8080";

    private final LapseInJavaSE lapse;
    private String token = "";

    DemandedAudienceTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
    }

    @BeforeEach
    void newToken() {
        token = UUID.randomUUID().toString();
    }

    @Test
    void tokenOfTheDemandedAudiencePasses() {
        openFor(ORDERS);

        assertThat(asked(ORDERS).status()).isEqualTo(200);
    }

    @Test
    void tokenForSeveralApisPassesForEach() {
        openFor(OURS + " " + ORDERS);

        assertThat(asked(ORDERS).status()).isEqualTo(200);
        assertThat(asked(OURS).status()).isEqualTo(200);
    }

    @Test
    void tokenForAnotherApiDoesNotAndThatIsNoUse() {
        openFor(STOCK);
        long before = lastActivity();
        lapse.clock().putForward(Duration.ofSeconds(1));

        FakeResponse answer = asked(ORDERS);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).contains("invalid_token", "another API"));
        assertThat(lastActivity()).isEqualTo(before);
    }

    @Test
    void tokenThatNamesNoApiIsForUs() {
        openFor("");

        assertThat(asked(ORDERS).status()).isEqualTo(401);
        assertThat(asked(OURS).status()).isEqualTo(200);
    }

    @Test
    void whereNothingIsDemandedEveryAudiencePasses() {
        openFor(STOCK);

        assertThat(asked().status()).isEqualTo(200);
        assertThat(asked("").status()).isEqualTo(200);
    }

    @Test
    void whatAClientAddsToTheDemandIsRefused() {
        openFor(STOCK);

        assertThat(asked(ORDERS, STOCK).status()).isEqualTo(401);
    }

    private long lastActivity() {
        return lapse.get(Admission.class)
                .find(token)
                .orElseThrow()
                .lastActivity()
                .toEpochMilli();
    }

    private FakeResponse asked(String... audiences) {
        FakeRequest request = FakeRequest.of("GET", "/gate/nginx")
                .with("X-Original-Method", "GET")
                .with("X-Original-URI", "/orders/7")
                .with("Authorization", "Bearer " + token);
        for (String audience : audiences) {
            request.with("X-Lapse-Audience", audience);
        }
        FakeResponse response = new FakeResponse();
        try {
            lapse.get(NginxServlet.class).service(request.asServletRequest(), response.asServletResponse());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return response;
    }

    private void openFor(String audience) {
        Instant now = lapse.clock().now();
        Instant end = now.plus(Duration.ofHours(1));
        SessionPrincipal principal = new SessionPrincipal(
                lapse.get(Organizations.class)
                        .findByDomain("demo")
                        .orElseThrow()
                        .id(),
                "demo-service",
                null,
                "demo-service",
                Entitlements.NONE,
                "all",
                audience);
        assertThat(lapse.get(Sessions.class)
                        .openIfAdmitted(new NewSession(
                                UUID.randomUUID(), principal, null, now, TokenDigest.of(token), end, end)))
                .isTrue();
    }
}
