package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;

/** What becomes of a session in the database and in the ledger. */
@OnBothDatabases
class SessionsTest {
    private static final Duration LIFE = Duration.ofHours(8);
    private static final Duration HOLD = Duration.ofMinutes(1);

    private final LapseInJavaSE lapse;
    private final Admission admission;
    private final Sessions sessions;
    private final UUID organizationId;
    private final User alice;

    SessionsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.admission = lapse.get(Admission.class);
        this.sessions = lapse.get(Sessions.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.alice = lapse.get(Users.class)
                .findByUsername(organizationId, "alice@demo.example")
                .orElseThrow();
    }

    @Test
    void openedSessionIsInTheLedgerAndInTheDatabase() {
        NewSession newSession = open("opened");

        assertThat(admission.find("opened")).map(LiveSession::id).contains(newSession.id());
        assertThat(sessions.find(newSession.id())).map(Session::state).contains(SessionState.ACTIVE);
        assertThat(lapse.toldAfterSuccess(SessionEvents.class))
                .flatMap(SessionEvents::events)
                .anyMatch(event -> event instanceof SessionEvent.SessionOpened opened
                        && opened.session().id().equals(newSession.id()));
    }

    @Test
    void endedSessionIsUnknownToTheLedger() {
        NewSession newSession = open("ended");

        sessions.end(newSession.id(), EndReason.SIGNED_OUT);

        assertThat(admission.find("ended")).isEmpty();
        assertThat(sessions.find(newSession.id())).map(Session::state).contains(SessionState.ENDED);
    }

    @Test
    void tokenExpiresWhenTheClockIsPutForward() {
        open("expiring");
        assertThat(admission.access("expiring")).isInstanceOf(Access.Granted.class);

        lapse.clock().putForward(LIFE);

        assertThat(admission.access("expiring")).isInstanceOf(Access.Refused.class);
    }

    @Test
    void sessionThatEndedSinceItWasReadIsNotLocked() {
        UUID id = open("read before").id();

        Optional<Session> locked = lapse.inTransaction(() -> {
            assertThat(sessions.find(id)).map(Session::state).contains(SessionState.ACTIVE);
            elsewhere(() -> sessions.end(id, EndReason.SIGNED_OUT));
            return sessions.lockRow(id);
        });

        assertThat(locked).isEmpty();
    }

    @Test
    void sessionThatWasChangedSinceItWasReadIsLockedAsItIsNow() {
        UUID id = open("held meanwhile").id();
        Instant until = lapse.clock().now().plusSeconds(60);

        Optional<Session> locked = lapse.inTransaction(() -> {
            assertThat(sessions.find(id)).map(Session::heldUntil).isEmpty();
            elsewhere(() -> lapse.inTransaction((Runnable) () -> sessions.hold(id, Optional.of(until))));
            return sessions.lockRow(id);
        });

        assertThat(locked).map(Session::heldUntil).contains(until);
    }

    private static void elsewhere(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    @Test
    void sessionIsEndedOnce() {
        Set<UUID> id = Set.of(open("ended once").id());

        assertThat(sessions.end(id, EndReason.SIGNED_OUT)).isOne();
        assertThat(sessions.end(id, EndReason.SIGNED_OUT)).isZero();
    }

    @Test
    void sessionIsLockedOnceAndNotAfterItsEnd() {
        Set<UUID> id = Set.of(open("locked once").id());

        assertThat(sessions.lock(id)).isOne();
        assertThat(sessions.lock(id)).isZero();
        sessions.end(id, EndReason.SIGNED_OUT);
        assertThat(sessions.lock(id)).isZero();
    }

    @Test
    void sessionIsUnlockedBeforeItsAbsoluteEndAndNotAfterItOrAfterItWasEnded() {
        UUID id = open("unlocked").id();
        UUID ended = open("unlocked too late").id();
        sessions.lock(Set.of(id, ended));
        sessions.end(ended, EndReason.SIGNED_OUT);

        assertThat(unlock(ended)).isFalse();
        lapse.clock().putForward(LIFE.minusSeconds(60));
        assertThat(unlock(id)).isTrue();
        lapse.clock().putForward(Duration.ofSeconds(60));
        assertThat(unlock(id)).isFalse();
    }

    @Test
    void activeSessionIsHeldAndNotOnceItIsInactiveOrEnded() {
        lapseAfterMinutes(30);
        UUID id = open("held").id();
        UUID ended = open("held too late").id();
        sessions.end(ended, EndReason.SIGNED_OUT);

        assertThat(hold(ended)).isFalse();
        assertThat(hold(id)).isTrue();
        assertThat(admission.find("held").flatMap(LiveSession::heldUntil)).isPresent();
        lapse.clock().putForward(HOLD.plusMinutes(30));
        assertThat(hold(id)).isFalse();
    }

    private boolean unlock(UUID id) {
        return lapse.inTransaction(() -> sessions.unlock(
                id, found -> true, Optional.empty(), lapse.clock().now()));
    }

    private void lapseAfterMinutes(int minutes) {
        Caller administrator =
                new Caller(organizationId, "administration", null, "administration", Permission.all(), "a token");
        Map<String, Map<String, String>> settings =
                Map.of("security", Map.of("inactivity-timeout", Integer.toString(minutes)));
        lapse.get(Applications.class)
                .change(administrator, "demo-desk", new ApplicationChange(null, null, null, null, settings, null));
    }

    private boolean hold(UUID id) {
        Optional<Instant> until = Optional.of(lapse.clock().now().plus(HOLD));
        return lapse.inTransaction(() -> sessions.hold(id, until));
    }

    private NewSession open(String token) {
        Instant now = lapse.clock().now();
        Instant expiry = now.plus(LIFE);
        SessionPrincipal principal = new SessionPrincipal(
                organizationId, "demo-desk", alice.id(), alice.username(), new Entitlements(Set.of(), Set.of()), "");
        NewSession newSession =
                new NewSession(UUID.randomUUID(), principal, null, now, TokenDigest.of(token), expiry, expiry);
        assertThat(sessions.openIfAdmitted(newSession)).isTrue();
        return newSession;
    }
}
