package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** So many sessions that fall due at once that one transaction does not take them all. */
@OnServer
class ManyEndsIT {
    private static final int SESSIONS = 1100;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int PAGE = 500;

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @AfterEach
    void restore() {
        administrator.restore();
    }

    private List<String> auditedEndsSince(Instant start) {
        List<String> sessions = new ArrayList<>();
        JsonNode page;
        do {
            page = lapse.service()
                    .get("/api/v2/audits?action=session.end&actorType=policy&sortOrder=asc&pageSize=" + PAGE
                            + "&pageNumber=" + (sessions.size() / PAGE + 1) + "&from=" + start)
                    .expect(200)
                    .json()
                    .required("entities");
            page.findValuesAsText("entityId").forEach(sessions::add);
        } while (page.size() == PAGE);
        return sessions;
    }

    @Test
    void eachEndsOnceAndIsAuditedOnce() {
        JsonNode client = administrator.createClient();
        String id = client.required("id").asText();
        String secret = client.required("secret").asText();
        administrator.setTimeout(TIMEOUT);
        Set<String> opened = IntStream.range(0, SESSIONS)
                .parallel()
                .mapToObj(i -> new TokenHolder(
                        lapse,
                        Tokens.of(
                                lapse.postAs(id, secret, "/oauth/token", Form.of("grant_type", "client_credentials")))))
                .map(TokenHolder::sessionId)
                .collect(Collectors.toSet());
        Instant start = lapse.now();

        lapse.letPass(TIMEOUT);

        await().atMost(Duration.ofMinutes(1)).until(() -> new HashSet<>(auditedEndsSince(start)).containsAll(opened));
        assertThat(auditedEndsSince(start).stream().filter(opened::contains)).hasSize(SESSIONS);
    }
}
