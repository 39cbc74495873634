package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /api/v2/tokens/me/state}: what a client stores for its user. */
@OnServer
class ClientStateIT {
    private static final String STATE = "/api/v2/tokens/me/state";
    private static final String DOCUMENT = " {\"page\" : \"/queues/7\", \"open\":[1, 1.0,\"\\u00e4\"]}\n";

    private static TokenHolder alice;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();
    private final Browser browser = new Browser(lapse);

    @BeforeAll
    static void signIn() {
        alice = LapseSystem.ofSuite().signIn("alice@demo.example");
    }

    @BeforeEach
    void aliceHasStoredNothing() {
        alice.delete(STATE);
    }

    @Test
    void documentComesBackByteForByteUntilItIsDeleted() {
        assertThat(alice.get(STATE)).isRefused(404, "not.found");

        alice.put(STATE, DOCUMENT).expect(200);

        Answer answer = alice.get(STATE).expect(200);
        assertThat(answer.body()).isEqualTo(DOCUMENT);
        assertThat(answer.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        alice.delete(STATE).expect(200);
        assertThat(alice.get(STATE)).isRefused(404, "not.found");
        assertThat(alice.delete(STATE)).isRefused(404, "not.found");
    }

    @Test
    void applicationOnItsOwnHasADocumentOfItsOwn() {
        alice.put(STATE, DOCUMENT).expect(200);
        TokenHolder service = lapse.service();
        assertThat(service.get(STATE)).isRefused(404, "not.found");

        service.put(STATE, "7").expect(200);

        assertThat(lapse.service().get(STATE).expect(200).body()).isEqualTo("7");
        assertThat(alice.get(STATE).body()).isEqualTo(DOCUMENT);
        service.delete(STATE).expect(200);
    }

    @Test
    void lastWinsUnlessTheCallNamesACondition() {
        String first = tagOf(alice.put(STATE, "1").expect(200));
        assertThat(tagOf(alice.get(STATE))).isEqualTo(first);

        alice.put(STATE, "2").expect(200);
        assertThat(alice.call("PUT", STATE, "3", Map.of("If-Match", first))).isRefused(412, "precondition.failed");
        assertThat(alice.call("DELETE", STATE, null, Map.of("If-Match", first))).isRefused(412, "precondition.failed");
        assertThat(alice.call("PUT", STATE, "3", Map.of("If-None-Match", "*"))).isRefused(412, "precondition.failed");
        assertThat(alice.get(STATE).body()).isEqualTo("2");

        alice.call("PUT", STATE, "4", Map.of("If-Match", tagOf(alice.get(STATE))))
                .expect(200);
        alice.delete(STATE).expect(200);
        assertThat(alice.call("PUT", STATE, "5", Map.of("If-Match", "*"))).isRefused(412, "precondition.failed");
        assertThat(alice.get(STATE)).isRefused(404, "not.found");
        alice.call("PUT", STATE, "6", Map.of("If-None-Match", "*")).expect(200);
    }

    @Test
    void whatIsNoDocumentIsRefused() {
        assertThat(alice.put(STATE, "{} {}")).isRefused(400, "bad.request");
        assertThat(alice.call("PUT", STATE, null)).isRefused(400, "bad.request");
        assertThat(alice.put(STATE, "\"" + "x".repeat(65_535) + "\"")).isRefused(413, "request.entity.too.large");

        alice.put(STATE, "\"" + "x".repeat(65_534) + "\"").expect(200);
    }

    @Test
    void whoSignsOutOfTheLastSessionLeavesNothingBehind() {
        administrator.endSessionsOf(alice.userId());
        TokenHolder here = new DemoDesk(lapse, browser).signIn("alice@demo.example");
        here.put(STATE, DOCUMENT).expect(200);
        TokenHolder otherWindow = onceMore();
        assertThat(otherWindow.get(STATE).expect(200).body()).isEqualTo(DOCUMENT);

        here.delete("/api/v2/tokens/me").expect(200);
        otherWindow.get(STATE).expect(200);
        otherWindow.delete("/api/v2/tokens/me").expect(200);

        alice = onceMore();
        assertThat(alice.get(STATE)).isRefused(404, "not.found");
    }

    /** Alice in another window of the same browser, which asks for no password. */
    private TokenHolder onceMore() {
        DemoDesk window = new DemoDesk(lapse, browser);
        return window.comeBack(window.authorize());
    }

    private static String tagOf(Answer answer) {
        return answer.header("ETag").orElseThrow();
    }
}
