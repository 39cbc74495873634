package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Group;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * What was committed and not told to the ledger is known to it after one turn of {@link LedgerProjection#catchUp}, of
 * which the timer takes four a second.
 */
@OnBothDatabases
class CatchUpTest {
    /** After this time a missing number is given up. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LapseInJavaSE lapse;
    private final Admission admission;
    private final Sessions sessions;
    private final LedgerProjection projection;
    private final UUID organizationId;

    CatchUpTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.admission = lapse.get(Admission.class);
        this.sessions = lapse.get(Sessions.class);
        this.projection = lapse.get(LedgerProjection.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @Test
    void endThatNobodyToldIsCaughtUp() {
        Opened opened = open();
        withNumber(number -> lapse.entities()
                .createQuery("update Session s set s.state = ENDED, s.endReason = FORCED, s.endedAt = :now,"
                        + " s.version = :number where s.id = :id")
                .setParameter("now", lapse.clock().now())
                .setParameter("number", number)
                .setParameter("id", opened.sessionId)
                .executeUpdate());
        assertThat(admission.access(opened.token)).isInstanceOf(Access.Granted.class);

        assertThat(projection.catchUp(lapse.clock().now())).isPositive();

        assertThat(admission.access(opened.token)).isInstanceOf(Access.Refused.class);
        assertThat(projection.catchUp(lapse.clock().now())).isZero();
    }

    @Test
    void groupsThatNobodyToldAreCaughtUp() {
        Opened opened = open();
        Group group = new Group(
                organizationId, UUID.randomUUID().toString(), lapse.clock().now());
        withNumber(number -> {
            group.add(lapse.entities().find(User.class, opened.user.id()));
            lapse.entities().persist(group);
            lapse.entities().flush();
            return lapse.entities()
                    .createQuery("update User u set u.entitlementsVersion = :number where u.id = :id")
                    .setParameter("number", number)
                    .setParameter("id", opened.user.id())
                    .executeUpdate();
        });

        projection.catchUp(lapse.clock().now());

        assertThat(admission.find(opened.sessionId))
                .map(LiveSession::principal)
                .map(SessionPrincipal::entitlements)
                .map(Entitlements::groups)
                .contains(Set.of(group.id()));
    }

    @Test
    void whatIsCommittedAndNotYetFollowedIsCaughtUpAndMayBeFollowedAfterwards() throws SQLException {
        Opened opened = open();
        try (Strands strands = lapse.strands()) {
            Strand ending = strands.of("ending", () -> sessions.end(opened.sessionId, EndReason.FORCED));
            ending.goOnTo(Strand.Place.AFTER_COMMIT);
            assertThat(admission.access(opened.token)).isInstanceOf(Access.Granted.class);

            projection.catchUp(lapse.clock().now());
            assertThat(admission.access(opened.token)).isInstanceOf(Access.Refused.class);

            ending.finish();
            assertThat(admission.access(opened.token)).isInstanceOf(Access.Refused.class);
        }
    }

    @Test
    void tokenThatIsToldAfterALaterLockIsCaughtUp() throws SQLException {
        Opened opened = open();
        String next = UUID.randomUUID().toString();
        try (Strands strands = lapse.strands()) {
            renewBeforeALockThatIsToldFirst(opened, next, strands);
            assertThat(admission.access(opened.token)).isInstanceOf(Access.Locked.class);
            assertThat(admission.access(next)).isInstanceOf(Access.Refused.class);

            assertThat(projection.catchUp(lapse.clock().now())).isPositive();

            assertThat(admission.access(next)).isInstanceOf(Access.Locked.class);
            new Agreement(lapse).check(opened.user.id(), List.of(opened.token, next));
            assertThat(projection.catchUp(lapse.clock().now())).isZero();
        }
    }

    @Test
    void rowThatIsChangedWhileItIsReadIsReadOnceMore() throws SQLException {
        Opened opened = open();
        String next = UUID.randomUUID().toString();
        try (Strands strands = lapse.strands()) {
            renewBeforeALockThatIsToldFirst(opened, next, strands);
            Strand giving = strands.of(
                    "giving",
                    () -> lapse.inTransaction(() -> lapse.get(Users.class).lock(List.of(opened.user.id()))));
            Strand reading =
                    strands.of("reading", () -> projection.catchUp(lapse.clock().now()));
            giving.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(reading.goOn()).isEqualTo(Strand.Place.BLOCKED);
            lapse.inTransaction(() -> {
                sessions.unlock(
                        opened.sessionId,
                        session -> true,
                        Optional.empty(),
                        lapse.clock().now());
            });
            giving.finish();
            reading.finish();
            assertThat(admission.access(next)).isInstanceOf(Access.Granted.class);

            assertThat(projection.catchUp(lapse.clock().now())).isPositive();

            new Agreement(lapse).check(opened.user.id(), List.of(opened.token, next));
            assertThat(projection.catchUp(lapse.clock().now())).isZero();
        }
    }

    private void renewBeforeALockThatIsToldFirst(Opened opened, String next, Strands strands) {
        Strand renewing = strands.of("renewing", () -> lapse.inTransaction(() -> renew(opened, next)));
        renewing.goOnTo(Strand.Place.AFTER_COMMIT);
        assertThat(sessions.lock(List.of(opened.sessionId))).isOne();
        renewing.finish();
    }

    private void renew(Opened opened, String next) {
        Session session = sessions.lockRow(opened.sessionId).orElseThrow();
        SessionPrincipal grant = admission.find(opened.sessionId).orElseThrow().principal();
        Instant end = session.tokenExpiresAt();
        sessions.giveToken(session, grant, TokenDigest.of(next), end, end);
    }

    @Test
    void rowsAreReadAnewBeforeOrAfterSomebodyChangesWhatTheUserIsGivenAndNotMeanwhile() throws SQLException {
        Opened opened = open();
        try (Strands strands = lapse.strands()) {
            Strand giving = strands.of(
                    "giving",
                    () -> lapse.inTransaction(() -> lapse.get(Users.class).lock(List.of(opened.user.id()))));
            Strand reading = strands.of("reading", () -> lapse.get(Lapses.class)
                    .followRows(List.of(opened.sessionId), lapse.clock().now()));
            giving.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(reading.goOn()).isEqualTo(Strand.Place.BLOCKED);
            giving.finish();
            reading.finish();
        }
    }

    @Test
    void rowsThatWereMissedAreReadBeforeOrAfterSomebodyChangesWhatTheUserIsGivenAndNotMeanwhile() throws SQLException {
        Opened opened = open();
        try (Strands strands = lapse.strands()) {
            Strand giving = strands.of(
                    "giving",
                    () -> lapse.inTransaction(() -> lapse.get(Users.class).lock(List.of(opened.user.id()))));
            Strand reading =
                    strands.of("reading", () -> projection.catchUp(lapse.clock().now()));
            withNumber(number -> lapse.entities()
                    .createQuery("update Session s set s.version = :number where s.id = :id")
                    .setParameter("number", number)
                    .setParameter("id", opened.sessionId)
                    .executeUpdate());
            giving.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(reading.goOn()).isEqualTo(Strand.Place.BLOCKED);
            giving.finish();
            reading.finish();
        }
    }

    @Test
    void whatIsCommittedAfterItsNumberWasGivenUpIsCaughtUpThoughItsRowHasMovedOn() throws SQLException {
        Opened opened = open();
        String next = UUID.randomUUID().toString();
        try (Strands strands = lapse.strands()) {
            Strand renewing = strands.of("renewing", () -> lapse.inTransaction(() -> renew(opened, next)));
            renewing.goOnTo(Strand.Place.BEFORE_COMMIT);
            open();
            projection.catchUp(lapse.clock().now());
            projection.catchUp(lapse.clock().now().plus(PATIENCE));
            renewing.goOnTo(Strand.Place.AFTER_COMMIT);
            assertThat(sessions.lock(List.of(opened.sessionId))).isOne();
            renewing.finish();

            assertThat(projection.catchUp(lapse.clock().now())).isPositive();

            assertThat(admission.access(next)).isInstanceOf(Access.Locked.class);
            new Agreement(lapse).check(opened.user.id(), List.of(opened.token, next));
        }
    }

    @Test
    void lockOfASessionOfWhichAChangeWasMissedHasItsRowRead() {
        Opened opened = open();
        String next = UUID.randomUUID().toString();
        withNumber(number -> lapse.entities()
                .createQuery("update Session s set s.tokenDigest = :token, s.version = :number where s.id = :id")
                .setParameter("token", TokenDigest.of(next).bytes())
                .setParameter("number", number)
                .setParameter("id", opened.sessionId)
                .executeUpdate());
        assertThat(sessions.lock(List.of(opened.sessionId))).isOne();

        assertThat(projection.catchUp(lapse.clock().now())).isPositive();

        assertThat(admission.access(next)).isInstanceOf(Access.Locked.class);
    }

    @Test
    void whatWasNotCommittedWhenANodeStartedIsCaughtUpByIt() throws SQLException {
        Opened opened = open();
        String next = UUID.randomUUID().toString();
        try (Strands strands = lapse.strands()) {
            Strand renewing = strands.of("renewing", () -> lapse.inTransaction(() -> renew(opened, next)));
            renewing.goOnTo(Strand.Place.BEFORE_COMMIT);
            open();
            NextServer other = NextServer.start(lapse);
            other.catchUp();
            assertThat(other.find(next)).isEmpty();
            renewing.finish();

            assertThat(other.catchUp()).isPositive();

            assertThat(other.find(next)).isPresent();
        }
    }

    @Test
    void observerThatThrowsKeepsNothingFromTheLedger() {
        Opened[] opened = new Opened[1];
        lapse.withFailingObserver(TokenGiven.class::isInstance, () -> opened[0] = open());
        projection.catchUp(lapse.clock().now());

        assertThat(admission.access(opened[0].token)).isInstanceOf(Access.Granted.class);
        new Agreement(lapse).check(opened[0].user.id(), List.of(opened[0].token));
    }

    private void withNumber(LongFunction<Integer> change) {
        lapse.inTransaction(() -> change.apply(lapse.get(ChangeNumbers.class).next()));
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
