package org.lapse.access.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;

@OnBothDatabases
class SignInRowsTest {
    private final LapseInJavaSE lapse;
    private final SignInRows rows;

    SignInRowsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.rows = lapse.get(SignInRows.class);
    }

    @Test
    void signInThatEndedSinceItWasReadIsNotChanged() {
        User alice = lapse.get(Users.class)
                .findByUsername(
                        lapse.get(Organizations.class)
                                .findByDomain("demo")
                                .orElseThrow()
                                .id(),
                        "alice@demo.example")
                .orElseThrow();
        SignIn signIn = lapse.inTransaction(() -> SignInFixture.persisted(lapse, alice));

        Optional<SignIn> changed = lapse.inTransaction(() -> {
            assertThat(lapse.entities().find(SignIn.class, signIn.id())).isNotNull();
            CompletableFuture.runAsync(() -> lapse.get(SignIns.class).end(signIn.id()))
                    .join();
            return rows.change(
                    signIn.id(),
                    lapse.clock().now(),
                    found -> found.reauthenticate(
                            SignInFixture.byPassword(lapse.clock().now()), found.expiresAt()));
        });

        assertThat(changed).isEmpty();
    }
}
