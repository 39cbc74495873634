package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Statements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Users;

/** What a token asks of the database, once its client is known: each statement is a way to the database and back. */
@OnBothDatabases
class StatementsOfGrantsTest {
    private static final String DESK = "demo-desk";

    private final LapseInJavaSE lapse;
    private final Clients clients;
    private final TokenGrants grants;

    StatementsOfGrantsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.clients = lapse.get(Clients.class);
        this.grants = lapse.get(TokenGrants.class);
    }

    @BeforeEach
    void askForAll() {
        giveToService();
        TokenRequests desk = TokenRequests.of(lapse, DESK);
        desk.refresh(refreshToken(desk.redeem(desk.code(signIn()))));
    }

    @Test
    void tokenByClientCredentialsTakesOneCommit() {
        assertCosts(this::giveToService, 4);
    }

    @Test
    void redeemingACodeTakesOneCommit() {
        TokenRequests desk = TokenRequests.of(lapse, DESK);
        String code = desk.code(signIn());
        assertCosts(() -> desk.redeem(code), 14);
    }

    @Test
    void refreshingTakesOneCommit() {
        TokenRequests desk = TokenRequests.of(lapse, DESK);
        String token = refreshToken(desk.redeem(desk.code(signIn())));
        assertCosts(() -> desk.refresh(token), 10);
    }

    @Test
    void clientThatIsKnownIsNotAskedFor() {
        assertThat(Statements.of(() -> clients.find(DESK))).isEmpty();
    }

    private static void assertCosts(Runnable grant, int statements) {
        List<String> asked = Statements.of(grant);
        assertThat(asked).endsWith(Statements.COMMIT).containsOnlyOnce(Statements.COMMIT);
        assertThat(asked).hasSize(statements + 1);
    }

    private void giveToService() {
        grants.giveToApplication(TokenRequests.demoService(lapse), Optional.empty(), "");
    }

    private SignIn signIn() {
        UUID demo = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        return SignInFixture.persisted(
                lapse,
                lapse.get(Users.class)
                        .findByUsername(demo, "alice@demo.example")
                        .orElseThrow());
    }

    private static String refreshToken(TokenRequests.Given given) {
        return Objects.requireNonNull(given.refreshToken(), "No inactivity timeout applies");
    }
}
