package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.database.RowLocks;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.openwork.Holds;

/**
 * Anybody who locks rows of several sessions locks them in the order of their ids: who waits for the first holds none
 * of the others yet. The ids are such that an order with signs would be another one.
 */
@OnBothDatabases
class RowOrderTest {
    private final LapseInJavaSE lapse;
    private final User user;
    private UUID first = new UUID(0, 0);
    private UUID last = new UUID(0, 0);

    RowOrderTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        UUID organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
    }

    /** The last is in the table before the first. */
    @BeforeEach
    void openTwoSessions() {
        UUID random = UUID.randomUUID();
        first = new UUID(random.getMostSignificantBits() & Long.MAX_VALUE, random.getLeastSignificantBits());
        last = new UUID(random.getMostSignificantBits() | Long.MIN_VALUE, random.getLeastSignificantBits());
        open(last);
        open(first);
    }

    @Test
    void orderIsThatOfTheDatabase() {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(50).toList();
        Object[] sorted = lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery("select id from unnest(cast(:ids as uuid array)) as t (id) order by id", UUID.class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList()
                .toArray());

        assertThat(sorted).isEqualTo(ids.stream().sorted(RowLocks.ORDER).toArray());
    }

    @Test
    void activityIsWrittenInTheOrderOfTheIds() throws SQLException {
        Instant used = lapse.clock().now().plus(Duration.ofSeconds(1));
        Map<LiveSession<SessionPrincipal>, Instant> activity = new LinkedHashMap<>();
        activity.put(live(last), used);
        activity.put(live(first), used);
        assertLocksTheFirstFirst(() -> lapse.get(Lapses.class).writeActivity(activity));
    }

    @Test
    void sessionsEndInTheOrderOfTheIds() throws SQLException {
        assertLocksTheFirstFirst(() -> lapse.get(Sessions.class).end(List.of(last, first), EndReason.FORCED));
    }

    @Test
    void openWorkOfAUserHoldsSessionsInTheOrderOfTheIds() throws SQLException {
        Caller caller =
                new Caller(user.organizationId(), "demo-desk", user.id(), "Somebody", Permission.all(), "a token");
        assertLocksTheFirstFirst(
                () -> lapse.get(Holds.class).openForUser(caller, user.id(), "work", Duration.ofMinutes(1)));
    }

    private void assertLocksTheFirstFirst(Runnable locking) throws SQLException {
        try (Strands strands = lapse.strands()) {
            Strand holder = strands.of("holder", () -> lapse.inTransaction(() -> lock(first)));
            holder.goOnTo(Strand.Place.BEFORE_COMMIT);
            Strand waiting = strands.of("waiting", locking);
            assertThat(waiting.goOn()).isEqualTo(Strand.Place.BLOCKED);

            Strand other = strands.of("other", () -> lapse.inTransaction(() -> lock(last)));
            assertThat(other.goOn()).isEqualTo(Strand.Place.BEFORE_COMMIT);

            other.finish();
            holder.finish();
            waiting.finish();
        }
    }

    private void lock(UUID sessionId) {
        assertThat(lapse.entities()
                        .createNativeQuery("select id from session where id = :id for update")
                        .setParameter("id", sessionId)
                        .getResultList())
                .hasSize(1);
    }

    private LiveSession<SessionPrincipal> live(UUID sessionId) {
        return lapse.get(Admission.class).find(sessionId).orElseThrow();
    }

    private void open(UUID id) {
        Instant end = lapse.clock().now().plus(Duration.ofHours(8));
        SessionPrincipal principal = new SessionPrincipal(
                user.organizationId(),
                "demo-desk",
                user.id(),
                user.username(),
                new Entitlements(Set.of(), Set.of()),
                "");
        NewSession opening =
                new NewSession(id, principal, null, lapse.clock().now(), TokenDigest.of(id.toString()), end, end);
        assertThat(lapse.get(Sessions.class).openIfAdmitted(opening)).isTrue();
    }
}
