package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.ApplicationState;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.ApplicationsResource;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserChange;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.directory.UsersResource;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.LedgerProjection;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionEvents;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;

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
