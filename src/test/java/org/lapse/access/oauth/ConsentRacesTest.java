package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.access.oauth.BrowserApplication.answerOf;

import com.nimbusds.oauth2.sdk.token.Tokens;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.BrowserInJavaSE;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.authenticator.AssuranceLevel;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.FakeResponse;
import org.lapse.sessions.session.Admission;

/** Taken back is taken back, at whatever moment others redeem what was given. */
@OnBothDatabases
class ConsentRacesTest {
    private final LapseInJavaSE lapse;
    private final Consents consents;
    private final Caller alice;
    private final BrowserApplication stranger;
    private final BrowserInJavaSE browser = new BrowserInJavaSE();
    private final ConcurrentLinkedQueue<Tokens> given = new ConcurrentLinkedQueue<>();
    private Strands strands;

    ConsentRacesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.consents = lapse.get(Consents.class);
        UUID demo = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        User user = lapse.get(Users.class)
                .findByUsername(demo, "alice@demo.example")
                .orElseThrow();
        this.alice = new Caller(demo, "demo-desk", user.id(), user.username(), Set.of(), "a token");
        this.stranger = BrowserApplication.untrusted(lapse);
        this.strands = lapse.strands();
    }

    @BeforeEach
    void beginStrands() {
        strands = lapse.strands();
    }

    @AfterEach
    void endStrands() throws SQLException {
        strands.close();
    }

    @Test
    void codeThatIsRedeemedWhileConsentIsTakenBackOpensNothing() {
        FakeResponse back = allow();
        Strand revoking = strands.of("revoking", () -> consents.revoke(alice, stranger.id()));
        Strand redeeming = strands.of("redeeming", () -> given.add(stranger.redeem(back)));
        revoking.goOnTo(Strand.Place.BEFORE_COMMIT);

        assertThat(redeeming.goOn()).isEqualTo(Strand.Place.BLOCKED);
        revoking.finish();
        redeeming.goOnTo(Strand.Place.END);

        assertThat(redeeming.failure()).map(Throwable::getMessage).hasValueSatisfying(message -> assertThat(message)
                .startsWith("invalid_grant"));
        assertThat(given).isEmpty();
    }

    @Test
    void sessionThatIsOpenedWhileConsentIsTakenBackEnds() {
        FakeResponse back = allow();
        Strand redeeming = strands.of("redeeming", () -> given.add(stranger.redeem(back)));
        Strand revoking = strands.of("revoking", () -> consents.revoke(alice, stranger.id()));
        redeeming.goOnTo(Strand.Place.BEFORE_COMMIT);

        assertThat(revoking.goOn()).isEqualTo(Strand.Place.BLOCKED);
        redeeming.finish();
        revoking.finish();

        assertThat(given).singleElement().satisfies(tokens -> assertThat(
                        lapse.get(Admission.class).find(tokens.getAccessToken().getValue()))
                .isEmpty());
    }

    @Test
    void twoTabsInWhichSomebodyConsentsAtOnceBothGoOn() {
        AuthorizationCall call = new AuthorizationCall(
                lapse.get(Clients.class).find(stranger.id()).orElseThrow(),
                "https://desk.example/callback",
                null,
                "openid",
                "",
                null,
                Wanted.CHALLENGE,
                Optional.empty(),
                AssuranceLevel.AAL1,
                false,
                false,
                false,
                Optional.empty());
        SignIn signIn = SignInFixture.persisted(
                lapse,
                lapse.get(Users.class)
                        .find(alice.organizationId(), alice.userId().orElseThrow())
                        .orElseThrow());
        ConcurrentLinkedQueue<String> codes = new ConcurrentLinkedQueue<>();
        Strand first = strands.of("first", () -> consents.give(call, signIn).ifPresent(codes::add));
        Strand second = strands.of("second", () -> consents.give(call, signIn).ifPresent(codes::add));
        first.goOnTo(Strand.Place.BEFORE_COMMIT);
        assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
        first.finish();
        second.finish();

        assertThat(codes).hasSize(2);
        assertThat(consents.of(alice))
                .filteredOn(consent -> consent.client().id().equals(stranger.id()))
                .hasSize(1);
    }

    private FakeResponse allow() {
        FakeResponse back = stranger.decide(browser, stranger.fillIn(browser, stranger.ask(browser)), "allow");
        assertThat(answerOf(back, "code")).isPresent();
        return back;
    }
}
