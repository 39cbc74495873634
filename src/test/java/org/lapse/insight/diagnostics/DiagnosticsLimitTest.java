package org.lapse.insight.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** How much one user, and all users of one application, tell in a day. */
@OnBothDatabases(configuration = {"lapse.limit.diagnostics-of-user=3", "lapse.limit.diagnostics-of-client=5"})
class DiagnosticsLimitTest {
    private static final Map<String, Object> TOLD = Map.of("message", "what happened");

    private final LapseInJavaSE lapse;
    private final Diagnostics diagnostics;
    private Instant now;

    DiagnosticsLimitTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.diagnostics = lapse.get(Diagnostics.class);
        this.now = lapse.clock().now();
    }

    @Test
    void newSessionsOfAUserTellNoMoreUntilTheDayIsOver() {
        UUID user = user();
        long refusedBefore = lapse.get(Limits.class).refused(Limited.DIAGNOSTICS_OF_USER);
        LiveSession<SessionPrincipal> one = session(user, "demo-two-desk");
        LiveSession<SessionPrincipal> other = session(user, "demo-two-desk");
        tell(one);
        now = now.plus(Duration.ofHours(1));
        tell(other);
        tell(other);

        assertRefused(catchThrowable(() -> tell(one)), Duration.ofHours(23));

        assertThat(lapse.get(Limits.class).refused(Limited.DIAGNOSTICS_OF_USER)).isEqualTo(refusedBefore + 1);
        now = now.plus(Duration.ofHours(23));
        tell(one);
    }

    @Test
    void usersOfAnApplicationTellNoMoreTogether() {
        LiveSession<SessionPrincipal> one = session(user(), "demo-desk");
        LiveSession<SessionPrincipal> other = session(user(), "demo-desk");
        for (int i = 0; i < 3; i++) {
            tell(one);
        }
        tell(other);
        tell(other);

        assertRefused(catchThrowable(() -> tell(other)), Limits.DAY);
    }

    @Test
    void ofTwoThatTellTheLastAtOnceOneIsRefused() throws SQLException {
        LiveSession<SessionPrincipal> session = session(user(), "lapse-console");
        tell(session);
        tell(session);

        try (Strands strands = lapse.strands()) {
            Strand first = strands.of("first", () -> tell(session));
            Strand second = strands.of("second", () -> tell(session));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            assertThat(second.goOnTo(Strand.Place.END).failure())
                    .get()
                    .satisfies(thrown -> assertRefused(thrown, Limits.DAY));
        }
    }

    private static void assertRefused(Throwable thrown, Duration retryAfter) {
        assertThat(thrown).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(refusal.headers()).containsEntry("Retry-After", Long.toString(retryAfter.toSeconds()));
        });
    }

    private void tell(LiveSession<SessionPrincipal> session) {
        diagnostics.keep(session, DiagnosticKind.TRACE, TOLD, now);
    }

    private UUID organization() {
        return lapse.get(Organizations.class).findByDomain("demo").orElseThrow().id();
    }

    private UUID user() {
        User user = new User(organization(), UUID.randomUUID().toString(), "Somebody", null, now);
        lapse.inTransaction(() -> lapse.entities().persist(user));
        return user.id();
    }

    private LiveSession<SessionPrincipal> session(UUID user, String applicationId) {
        String token = UUID.randomUUID().toString();
        SessionPrincipal principal =
                new SessionPrincipal(organization(), applicationId, user, "Somebody", Entitlements.NONE, "openid");
        Instant opened = lapse.clock().now();
        Instant end = opened.plus(Duration.ofHours(8));
        lapse.get(Sessions.class)
                .openIfAdmitted(
                        new NewSession(UUID.randomUUID(), principal, null, opened, TokenDigest.of(token), end, end));
        return lapse.get(Admission.class).find(token).orElseThrow();
    }
}
