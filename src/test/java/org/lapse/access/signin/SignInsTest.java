package org.lapse.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.FakeRequest;
import org.lapse.platform.api.FakeResponse;

/** Sign-ins of users who changed since their password was checked. */
@OnBothDatabases
class SignInsTest {
    private static final String HASH = "the hash that was checked";

    private final LapseInJavaSE lapse;
    private final User user;

    SignInsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        UUID organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                HASH,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
    }

    @Test
    void userWhoseCheckStillHoldsIsSignedIn() {
        assertThat(signIn()).isPresent();
    }

    @Test
    void userWhoWasDisabledMeanwhileIsNot() {
        change("enabled = false");

        assertThat(signIn()).isEmpty();
    }

    @Test
    void userWhoHasAnotherPasswordMeanwhileIsNot() {
        change("passwordHash = 'another'");

        assertThat(signIn()).isEmpty();
    }

    private void change(String assignment) {
        lapse.inTransaction(() -> lapse.entities()
                .createQuery("update User u set u." + assignment + " where u.id = :id")
                .setParameter("id", user.id())
                .executeUpdate());
    }

    private Optional<SignIn> signIn() {
        return lapse.get(SignIns.class)
                .signIn(
                        user,
                        FakeRequest.of("POST", "/oauth/authorize").asServletRequest(),
                        new FakeResponse().asServletResponse());
    }
}
