package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@code /api/v2/tokens}: about the token that makes the call, and about other people's. */
@OnServer
@OnEveryCombination
class TokensIT {
    private static final String ME = "/api/v2/tokens/me";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @Test
    void tokenTellsItsOrganizationAndItsApplication() {
        JsonNode me = lapse.signIn("alice@demo.example").get(ME).expect(200).json();

        assertThat(me.required("organization").required("name").asText()).isEqualTo("Demo");
        assertThat(me.required("homeOrganization")).isEqualTo(me.required("organization"));
        assertThat(me.required("authorizedScope").get(0).asText()).isEqualTo("openid");
        JsonNode application = me.required("OAuthClient");
        assertThat(application.required("id").asText()).isEqualTo("demo-desk");
        assertThat(application.required("name").asText()).isEqualTo("Demo Desk");
        assertThat(application.required("authorizedGrantType").asText()).isEqualTo("CODE");
        assertThat(application.required("state").asText()).isEqualTo("active");
        assertThat(Instant.parse(application.required("dateCreated").asText())).isBefore(Instant.now());
        assertThat(application.required("organization")).isEqualTo(me.required("organization"));
    }

    @Test
    void headOnlySaysThatTheTokenIsGood() {
        Answer answer = lapse.service().call("HEAD", ME, null);

        assertThat(answer).hasStatus(200);
        assertThat(answer.body()).isEmpty();
        assertThat(lapse.holderOf("nobody's").call("HEAD", ME, null)).hasStatus(401);
    }

    @Test
    void tokenThatIsDeletedIsEndedAtOnceAndForGood() {
        TokenHolder service = lapse.service();

        service.delete(ME).expect(200);

        assertThat(service.get(ME)).isRefused(401, "bad.credentials");
        assertThat(service.delete(ME)).isRefused(401, "bad.credentials");
        assertThat(administrator.endsOf(service))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("SIGNED_OUT"));
    }

    @Test
    void tokenThatIsDeletedTouchesNoOtherOfTheSameUser() {
        TokenHolder one = lapse.signIn("alice@demo.example");
        TokenHolder other = lapse.signIn("alice@demo.example");

        one.delete(ME).expect(200);

        other.get(ME).expect(200);
    }

    @Test
    void administratorEndsAllTokensOfAUser() {
        TokenHolder desk = lapse.signIn("bob@demo.example");
        TokenHolder anotherDesk = lapse.signIn("bob@demo.example");
        TokenHolder alice = lapse.signIn("alice@demo.example");

        lapse.signIn("admin@demo.example")
                .delete("/api/v2/tokens/" + desk.userId())
                .expect(200);

        assertThat(desk.get(ME)).isRefused(401, "bad.credentials");
        assertThat(anotherDesk.get(ME)).isRefused(401, "bad.credentials");
        alice.get(ME).expect(200);
        assertThat(administrator.endsOf(desk))
                .singleElement()
                .satisfies(end -> assertThat(end.required("reason").asText()).isEqualTo("FORCED"));
        assertThat(administrator
                        .auditsOf(desk.userId())
                        .get(0)
                        .required("action")
                        .asText())
                .isEqualTo("tokens.delete");
    }

    @Test
    void endingTokensNeedsThePermission() {
        TokenHolder bob = lapse.signIn("bob@demo.example");

        assertThat(lapse.signIn("alice@demo.example").delete("/api/v2/tokens/" + bob.userId()))
                .isRefused(403, "missing.permissions");

        bob.get(ME).expect(200);
    }

    @Test
    void tokensOfNobodyAreNotFound() {
        TokenHolder service = lapse.service();

        assertThat(service.delete("/api/v2/tokens/" + UUID.randomUUID())).isRefused(404, "not.found");
        assertThat(service.delete("/api/v2/tokens/not-an-id")).isRefused(404, "not.found");
    }

    @Test
    void callWithoutATokenNeedsOne() {
        Answer answer = new Answer(lapse.get(ME));

        assertThat(answer).isRefused(401, "authentication.required");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(
                        value -> assertThat(value).startsWith("Bearer ").doesNotContain("error="));
    }

    @Test
    void callWithAnUnknownTokenHasBadCredentials() {
        Answer answer = lapse.holderOf("nobody's").get(ME);

        assertThat(answer).isRefused(401, "bad.credentials");
        assertThat(answer.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).contains("error=\"invalid_token\""));
    }

    @Test
    void tokenThatWeSignedButDoNotKnowIsNoToken() {
        TokenHolder service = lapse.service();
        String accessToken = service.accessToken();
        service.delete(ME).expect(200);

        assertThat(lapse.holderOf(accessToken).get(ME)).isRefused(401, "bad.credentials");
    }

    @Test
    void userOfATokenIsTheOneWhoSignedIn() {
        JsonNode alice = lapse.signIn("alice@demo.example")
                .get("/api/v2/users/me")
                .expect(200)
                .json();

        assertThat(alice.required("username").asText()).isEqualTo("alice@demo.example");
        assertThat(alice.required("groups").get(0).asText()).isEqualTo("Agents");
        assertThat(lapse.service().get("/api/v2/users/me")).isRefused(400, "not.a.user");
    }

    @Test
    void tokenIsNeverTakenFromTheAddress() {
        String accessToken = lapse.service().accessToken();

        assertThat(new Answer(lapse.get(ME + "?access_token=" + accessToken))).isRefused(400, "bad.request");
    }

    @Test
    void answersAreNotKeptByAnybodyOnTheWay() {
        Answer answer = lapse.service().get(ME);

        assertThat(answer.header("Cache-Control"))
                .hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(answer.header("ININ-Correlation-Id")).isPresent();
        assertThat(answer.header("X-Content-Type-Options")).hasValue("nosniff");
    }
}
