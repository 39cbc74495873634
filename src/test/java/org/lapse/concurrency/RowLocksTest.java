package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.access.signin.SignIns;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserChange;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.directory.UsersResource;
import org.lapse.sessions.session.Sessions;

/** A lock that is asked for in a query of one column is one of the database: nobody else changes that row. */
@OnBothDatabases
class RowLocksTest {
    private final LapseInJavaSE lapse;
    private final World world;
    private final User user;
    private final SignIn signIn;
    private final String applicationId;

    RowLocksTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.world = new World(lapse);
        this.user = new User(
                world.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        this.signIn = lapse.inTransaction(() -> {
            lapse.entities().persist(user);
            lapse.entities().flush();
            return SignInFixture.persisted(lapse, user);
        });
        this.applicationId = world.application(false);
    }

    @Test
    void whoOpensASessionLocksItsApplicationAndItsUser() throws SQLException {
        Runnable admitting = () -> assertThat(admit()).isPresent();
        assertWaits("select id from application where id = :id for update", applicationId, admitting);
        assertWaits("select id from user_account where id = :id for update", user.id(), admitting);
    }

    @Test
    void whoOpensASessionLocksItsSignIn() throws SQLException {
        assertWaits("select id from sign_in where id = :id for update", signIn.id(), () -> assertThat(
                        lapse.get(SignIns.class).admit(signIn.id()))
                .isPresent());
    }

    @Test
    void usersAreLockedAlone() throws SQLException {
        Runnable locking = () -> lapse.get(Users.class).lock(List.of(user.id()));
        assertWaits("select id from user_account where id = :id for update", user.id(), locking);
        assertWaits(this::admit, locking);
    }

    @Test
    void applicationsAreLockedAlone() throws SQLException {
        Runnable locking = () -> lapse.get(Applications.class).lock(List.of(applicationId));
        assertWaits("select id from application where id = :id for update", applicationId, locking);
        assertWaits(this::admit, locking);
    }

    @Test
    void whoAdministersTheOrganizationKeepsNobodyFromSigningIn() throws SQLException {
        User other = new User(
                world.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody else",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(other));
        TokenRequests client = TokenRequests.of(lapse, applicationId);
        String code = client.code(signIn);
        try (Strands strands = lapse.strands()) {
            Strand changing = strands.of(
                    "changing",
                    () -> world.request(() -> lapse.get(UsersResource.class)
                            .change(
                                    other.id(),
                                    new UserChange("Another", null, null, null, 0),
                                    world.administrator())));
            changing.goOnTo(Strand.Place.BEFORE_COMMIT);
            strands.of("signing in", () -> client.redeem(code)).finish();
            changing.finish();
        }
    }

    private Optional<EnabledUser> admit() {
        Sessions sessions = lapse.get(Sessions.class);
        return sessions.admitApplication(applicationId).flatMap(number -> sessions.admitUser(user.id()));
    }

    private void assertWaits(String query, Object id, Runnable locking) throws SQLException {
        assertWaits(
                () -> lapse.entities()
                        .createNativeQuery(query)
                        .setParameter("id", id)
                        .getResultList(),
                locking);
    }

    /** While the lock is held the other waits, and goes on when it is free. */
    private void assertWaits(Runnable waiting, Runnable locking) throws SQLException {
        try (Strands strands = lapse.strands()) {
            Strand first = strands.of("locking", () -> lapse.inTransaction(locking));
            Strand second = strands.of("waiting", () -> lapse.inTransaction(waiting));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            assertThat(second.place()).isEqualTo(Strand.Place.BEFORE_COMMIT);
            second.finish();
        }
    }
}
