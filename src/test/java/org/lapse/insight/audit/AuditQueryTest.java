package org.lapse.insight.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.ErrorDetail;
import org.lapse.platform.api.SortOrder;

/** Which records does a query ask for? */
class AuditQueryTest {

    private static final AuditQuery EVERYTHING = queryOf(Map.of());

    private static AuditQuery queryOf(String name, String value) {
        return queryOf(Map.of(name, value));
    }

    private static AuditQuery queryOf(Map<String, String> parameters) {
        return new AuditQuery(
                parameters.get("action"),
                parameters.get("entityType"),
                parameters.get("entityId"),
                parameters.get("actorType"),
                parameters.get("actorId"),
                parameters.get("concerns"),
                parameters.get("applicationId"),
                parameters.get("remoteAddress"),
                parameters.get("reason"),
                parameters.get("from"),
                parameters.get("to"),
                parameters.get("sortOrder"));
    }

    @Test
    void queryThatSaysNothingAsksForEverythingTheLatestFirst() {
        assertThat(EVERYTHING.filter()).isEqualTo(new AuditFilter(Map.of(), null, null, null));
        assertThat(EVERYTHING.order()).isEqualTo(SortOrder.DESC);
        assertThat(EVERYTHING.filter().conditions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "action, session.unlock.refuse",
        "entityType, apidocument",
        "entityId, demo-desk",
        "actorType, unknown",
        "actorId, demo-service",
        "applicationId, demo-desk",
        "remoteAddress, 2001:db8:0:0:0:0:0:1",
        "reason, FORCED"
    })
    void fieldIsComparedAsItIs(String name, String value) {
        AuditFilter filter = queryOf(name, value).filter();

        assertThat(filter.conditions()).isEqualTo(" and a." + name + " = :" + name);
        assertThat(filter.parameters()).isEqualTo(Map.of(name, value));
    }

    @Test
    void concernsAsksForTheUserWhoeverActed() {
        UUID alice = new UUID(1, 1);

        AuditFilter filter = queryOf("concerns", alice.toString()).filter();

        assertThat(filter.conditions()).isEqualTo(" and a.concernedUserId = :concernedUserId");
        assertThat(filter.parameters()).isEqualTo(Map.of("concernedUserId", alice));
    }

    @Test
    void prefixAsksForTheActionAndAllBelowIt() {
        AuditFilter filter = queryOf("action", "session.unlock.*").filter();

        assertThat(filter.conditions()).isEqualTo(" and (a.action = :actions or a.action like :below)");
        assertThat(filter.parameters()).isEqualTo(Map.of("actions", "session.unlock", "below", "session.unlock.%"));
    }

    @Test
    void fromIsInclusiveAndToIsExclusive() {
        AuditQuery query = queryOf(Map.of("from", "2026-11-21T12:00:00Z", "to", "2026-11-21T14:30:00+01:00"));

        assertThat(query.filter().conditions()).isEqualTo(" and a.recordedAt >= :from and a.recordedAt < :to");
        assertThat(query.filter().parameters())
                .isEqualTo(Map.of(
                        "from", Instant.parse("2026-11-21T12:00:00Z"), "to", Instant.parse("2026-11-21T13:30:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "action, ''",
        "action, Session.end",
        "action, session.",
        "action, *",
        "action, session*",
        "action, se%",
        "action, .*",
        "entityType, two words",
        "entityId, ''",
        "actorType, administrator",
        "actorType, User",
        "actorId, ' '",
        "concerns, ''",
        "concerns, alice",
        "concerns, 1-1-1-1-1",
        "reason, because",
        "reason, forced",
        "from, yesterday",
        "from, 2026-11-21",
        "from, 2026-02-30T00:00:00Z",
        "from, +1000000000-12-31T23:59:59Z",
        "to, 0000-01-01T00:00:00Z"
    })
    void malformedValueIsRefusedByTheNameOfItsField(String name, String value) {
        assertRefused(queryOf(name, value), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entityId", "actorId", "applicationId", "remoteAddress"})
    void textThatNoRecordCanHoldIsRefused(String name) {
        assertRefused(queryOf(name, "x".repeat(65)), name);
        assertRefused(queryOf(name, "a\u0000b"), name);
        assertThat(queryOf(name, "x".repeat(64)).filter().exact()).containsOnlyKeys(name);
    }

    @Test
    void endBeforeTheBeginningIsRefused() {
        AuditQuery query = queryOf(Map.of("from", "2026-11-21T12:00:00Z", "to", "2026-11-21T11:59:59.999Z"));

        assertRefused(query, "to");
    }

    @Test
    void orderIsTheOneThatIsAskedFor() {
        assertThat(queryOf("sortOrder", "asc").order()).isEqualTo(SortOrder.ASC);
        assertThat(queryOf("sortOrder", "desc").order()).isEqualTo(SortOrder.DESC);
        assertThatThrownBy(() -> queryOf("sortOrder", "sideways").order()).isInstanceOf(ApiException.class);
    }

    @Test
    void otherPagesAreAskedForWithTheSameFilters() {
        AuditQuery query = queryOf(Map.of("action", "session.*", "from", "2026-11-21T12:00:00+01:00"));

        assertThat(query.appendedTo("/api/v2/audits"))
                .isEqualTo("/api/v2/audits?action=session.*&from=2026-11-21T12%3A00%3A00%2B01%3A00");
        assertThat(EVERYTHING.appendedTo("/api/v2/audits")).isEqualTo("/api/v2/audits");
    }

    private static void assertRefused(AuditQuery query, String field) {
        assertThatThrownBy(query::filter)
                .isInstanceOfSatisfying(ApiException.class, refusal -> assertThat(refusal.details())
                        .extracting(ErrorDetail::fieldName)
                        .containsExactly(field));
    }
}
