package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.application.ApplicationChange;
import org.lapse.application.ApplicationState;
import org.lapse.application.Applications;
import org.lapse.application.ApplicationsResource;
import org.lapse.directory.User;
import org.lapse.directory.UserChange;
import org.lapse.directory.Users;
import org.lapse.directory.UsersResource;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.oauth.TokenRequests;
import org.lapse.session.Access;
import org.lapse.session.Admission;
import org.lapse.session.LedgerProjection;
import org.lapse.session.Session;
import org.lapse.session.SessionEvent;
import org.lapse.session.SessionEvents;
import org.lapse.session.SessionState;
import org.lapse.session.Sessions;
import org.lapse.signin.SignInFixture;

/** To disable somebody or something and to end what they are signed in to is one transaction. */
@OnBothDatabases
class DisablingTest {
    private final LapseInJavaSE lapse;
    private final World world;
    private final Admission admission;
    private final Sessions sessions;
    private final User user;
    private final String applicationId;
    private final TokenRequests.Given given;

    DisablingTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.world = new World(lapse);
        this.admission = lapse.get(Admission.class);
        this.sessions = lapse.get(Sessions.class);
        this.user = new User(
                world.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        this.applicationId = world.newApplication(false);
        TokenRequests client = TokenRequests.of(lapse, applicationId);
        this.given = client.redeem(client.code(lapse.inTransaction(() -> {
            lapse.entities().persist(user);
            lapse.entities().flush();
            return SignInFixture.persisted(lapse, user);
        })));
    }

    @Test
    void userStaysEnabledWhereTheSessionsCannotBeEnded() {
        lapse.withFailingObserver(
                this::isEnd, () -> assertThatThrownBy(this::disableUser).hasMessageContaining("observer"));

        assertThat(lapse.inTransaction(() -> lapse.get(Users.class).find(world.organizationId(), user.id())))
                .get()
                .matches(User::isEnabled);
        assertStillGood();
    }

    @Test
    void applicationStaysActiveWhereTheSessionsCannotBeEnded() {
        lapse.withFailingObserver(
                this::isEnd, () -> assertThatThrownBy(this::disableApplication).hasMessageContaining("observer"));

        assertThat(lapse.get(Applications.class).find(applicationId))
                .get()
                .matches(application -> application.state() == ApplicationState.ACTIVE);
        assertStillGood();
    }

    @Test
    void sessionsOfADisabledUserAreEndedThoughNobodyCameToTellTheLedger() throws SQLException {
        assertHealed(strand -> this.disableUser());
    }

    @Test
    void sessionsOfADisabledApplicationAreEndedThoughNobodyCameToTellTheLedger() throws SQLException {
        assertHealed(strand -> this.disableApplication());
    }

    /** Between the commit and what follows it everything stands still, as if the thread had died there. */
    private void assertHealed(java.util.function.Consumer<String> disabling) throws SQLException {
        try (Strands strands = lapse.strands()) {
            Strand dying = strands.of("dying", () -> disabling.accept("dying"));
            dying.goOnTo(Strand.Place.AFTER_COMMIT);
            assertThat(sessions.find(given.sessionId())).get().returns(SessionState.ENDED, Session::state);

            lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());

            assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Refused.class);
            assertThat(admission.find(given.sessionId())).isEmpty();
        }
    }

    private boolean isEnd(Object event) {
        return event instanceof SessionEvents happened
                && happened.of(SessionEvent.SessionEnded.class)
                        .anyMatch(ended -> ended.session().id().equals(given.sessionId()));
    }

    private void assertStillGood() {
        assertThat(sessions.find(given.sessionId())).get().returns(SessionState.ACTIVE, Session::state);
        assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Granted.class);
    }

    private void disableUser() {
        world.request(() -> lapse.get(UsersResource.class)
                .change(user.id(), new UserChange(null, null, null, "inactive", 0), world.administrator()));
    }

    private void disableApplication() {
        world.request(() -> lapse.get(ApplicationsResource.class)
                .put(
                        applicationId,
                        new ApplicationChange(null, null, "disabled", null, null, null),
                        world.administrator()));
    }
}
