package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.util.TypeLiteral;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Group;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.TokenDigest;

/** What is compared after two use cases finds the faults for which it was made: each is planted here once. */
@OnBothDatabases
class AgreementTest {
    private final LapseInJavaSE lapse;
    private final Sessions sessions;
    private final SessionLedger<SessionPrincipal> ledger;
    private final Agreement agreement;
    private final UUID organizationId;

    AgreementTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = lapse.get(Sessions.class);
        this.ledger = lapse.get(new TypeLiteral<SessionLedger<SessionPrincipal>>() {});
        this.agreement = new Agreement(lapse);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @Test
    void findsNothingWhereTheLedgerWasToldEverything() {
        Opened opened = open();
        agreement.check(opened.user.id(), List.of(opened.token));

        sessions.lock(List.of(opened.sessionId));
        agreement.check(opened.user.id(), List.of(opened.token));

        sessions.end(opened.sessionId, EndReason.SIGNED_OUT);
        agreement.check(opened.user.id(), List.of(opened.token));
    }

    @Test
    void findsAProjectionThatIgnoresVersions() {
        Opened opened = open();
        CommittedState<SessionPrincipal> first = lapse.fired(SessionsChanged.class).stream()
                .flatMap(changed -> changed.sessions().stream())
                .filter(status -> status.id().equals(opened.sessionId))
                .findFirst()
                .orElseThrow();
        sessions.end(opened.sessionId, EndReason.SIGNED_OUT);

        ledger.apply(
                asIfItWereTheLatest((CommittedState.Live<SessionPrincipal>) first),
                lapse.clock().now());

        assertFound(opened);
    }

    @Test
    void findsAnEndThatIsNotTold() {
        Opened opened = open();
        write(
                "update Session s set s.state = ENDED, s.endReason = SIGNED_OUT, s.endedAt = :now where s.id = :id",
                opened);
        assertFound(opened);
    }

    @Test
    void findsALockThatIsNotTold() {
        Opened opened = open();
        write("update Session s set s.state = LOCKED, s.lockedAt = :now where s.id = :id", opened);
        assertFound(opened);
    }

    @Test
    void findsGroupsThatAreNotTold() {
        Opened opened = open();
        Group group = new Group(
                organizationId, UUID.randomUUID().toString(), lapse.clock().now());
        lapse.inTransaction(() -> {
            group.add(lapse.entities().find(User.class, opened.user.id()));
            lapse.entities().persist(group);
        });
        assertFound(opened);
    }

    private void assertFound(Opened opened) {
        assertThatThrownBy(() -> agreement.check(opened.user.id(), List.of(opened.token)))
                .isInstanceOf(AssertionError.class);
    }

    private void write(String update, Opened opened) {
        lapse.inTransaction(() -> lapse.entities()
                .createQuery(update)
                .setParameter("now", lapse.clock().now())
                .setParameter("id", opened.sessionId)
                .executeUpdate());
    }

    private static CommittedState.Live<SessionPrincipal> asIfItWereTheLatest(
            CommittedState.Live<SessionPrincipal> status) {
        return new CommittedState.Live<>(
                status.id(),
                status.version() + 1_000,
                status.locked(),
                status.token(),
                status.expiresAt(),
                status.formerToken(),
                status.principal(),
                status.lastActivity(),
                status.use(),
                status.heldUntil());
    }

    private Opened open() {
        Instant now = lapse.clock().now();
        Instant end = now.plusSeconds(3600);
        String token = UUID.randomUUID().toString();
        User user = new User(organizationId, UUID.randomUUID().toString(), "Somebody", null, now);
        lapse.inTransaction(() -> lapse.entities().persist(user));
        SessionPrincipal principal = new SessionPrincipal(
                organizationId, "demo-desk", user.id(), user.username(), new Entitlements(Set.of(), Set.of()), "");
        UUID id = UUID.randomUUID();
        assertThat(sessions.openIfAdmitted(
                        new NewSession(id, principal, null, lapse.clock().now(), TokenDigest.of(token), end, end)))
                .isTrue();
        return new Opened(user, id, token);
    }

    private record Opened(User user, UUID sessionId, String token) {}
}
