package org.lapse.sessions.openwork;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
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
import org.lapse.platform.api.Refusals;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** Open work that is said by several at once. */
@OnBothDatabases
class HoldsTest {
    private static final int MOST = 20;

    private static final Duration TIME = Duration.ofMinutes(10);

    private final LapseInJavaSE lapse;
    private final Holds holds;
    private final User user;
    private final Caller caller;

    HoldsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.holds = lapse.get(Holds.class);
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
        this.caller = new Caller(organizationId, "demo-desk", user.id(), "Somebody", Permission.all(), "a token");
    }

    @Test
    void twoWhoOpenTheLastHoldOfASessionDoNotExceedTheLimit() throws SQLException {
        UUID sessionId = openSession();
        for (int i = 1; i < MOST; i++) {
            holds.openForSession(caller, sessionId, "work " + i, TIME);
        }

        assertOneIsRefused(() -> holds.openForSession(caller, sessionId, "the last", TIME));

        assertThat(holds.ofSession(sessionId)).hasSize(MOST);
    }

    @Test
    void twoWhoOpenTheLastHoldOfAUserDoNotExceedTheLimit() throws SQLException {
        for (int i = 1; i < MOST; i++) {
            holds.openForUser(caller, user.id(), "work " + i, TIME);
        }

        assertOneIsRefused(() -> holds.openForUser(caller, user.id(), "the last", TIME));

        assertThat(holds.ofUser(user.id())).hasSize(MOST);
    }

    private void assertOneIsRefused(Runnable opening) throws SQLException {
        try (Strands strands = lapse.strands()) {
            Strand first = strands.of("first", opening);
            Strand second = strands.of("second", opening);
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            assertThat(second.goOnTo(Strand.Place.END).failure())
                    .get()
                    .matches(thrown -> Refusals.of(thrown).status() == 429);
        }
    }

    @Test
    void heartbeatOfOneSessionDoesNotWaitForThatOfAnother() throws SQLException {
        UUID one = openSession();
        UUID other = openSession();
        try (Strands strands = lapse.strands()) {
            Strand first = strands.of("first", () -> holds.showProgress(caller, one, true));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);

            strands.of("second", () -> holds.showProgress(caller, other, true)).finish();

            assertThat(lapse.get(Admission.class).find(other))
                    .flatMap(LiveSession::heldUntil)
                    .isPresent();
            first.finish();
            assertThat(lapse.get(Admission.class).find(one))
                    .flatMap(LiveSession::heldUntil)
                    .isPresent();
        }
    }

    private UUID openSession() {
        Instant end = lapse.clock().now().plus(Duration.ofHours(8));
        SessionPrincipal grant = new SessionPrincipal(
                user.organizationId(),
                "demo-desk",
                user.id(),
                user.username(),
                new Entitlements(Set.of(), Set.of()),
                "");
        UUID id = UUID.randomUUID();
        NewSession opening =
                new NewSession(id, grant, null, lapse.clock().now(), TokenDigest.of(id.toString()), end, end);
        assertThat(lapse.get(Sessions.class).openIfAdmitted(opening)).isTrue();
        return id;
    }
}
