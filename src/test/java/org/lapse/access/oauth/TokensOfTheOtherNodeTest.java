package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnTwoNodes;
import org.lapse.middle.Statements;
import org.lapse.middle.TwoNodes;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** A token is worth the same on every node: what one of them gives, ends or locks, the others know. */
@OnTwoNodes
class TokensOfTheOtherNodeTest {
    private static final String DESK = "demo-desk";

    private final LapseInJavaSE a;
    private final LapseInJavaSE b;
    private final TokenRequests onA;
    private final TokenRequests onB;

    TokensOfTheOtherNodeTest(TwoNodes nodes) {
        this.a = nodes.a();
        this.b = nodes.b();
        this.onA = TokenRequests.of(a, DESK);
        this.onB = TokenRequests.of(b, DESK);
    }

    @Test
    void tokenOfOneNodeIsGoodOnTheOtherAtOnce() {
        TokenRequests.Given given = onA.redeem(onA.code(signIn()));

        assertThat(access(b, given)).isInstanceOf(Access.Granted.class);
        assertThat(Statements.of(() -> access(b, given))).as("once it is known").isEmpty();
    }

    @Test
    void codeOfOneNodeIsRedeemedOnTheOtherAndOnlyOnce() {
        String code = onA.code(signIn());
        TokenRequests.Given given = onB.redeem(code);
        assertThat(access(a, given)).isInstanceOf(Access.Granted.class);

        assertThatThrownBy(() -> onA.redeem(code)).matches(TokenRequests::isRefusal);
        TwoNodes.turn(b);

        assertThat(access(a, given)).isInstanceOf(Access.Refused.class);
        assertThat(access(b, given)).isInstanceOf(Access.Refused.class);
    }

    @Test
    void refreshOnTheOtherNodeGivesATokenThatIsGoodOnBoth() {
        TokenRequests.Given first = onA.redeem(onA.code(signIn()));
        TokenRequests.Given next = onB.refresh(Objects.requireNonNull(first.refreshToken()));

        assertThat(next.sessionId()).isEqualTo(first.sessionId());
        assertThat(access(a, next)).isInstanceOf(Access.Granted.class);
        assertThat(access(b, next)).isInstanceOf(Access.Granted.class);
    }

    @Test
    void whatEndsOnOneNodeIsRefusedOnTheOtherAfterItsNextTurn() {
        SignIn signIn = signIn();
        TokenRequests.Given one = onA.redeem(onA.code(signIn));
        TokenRequests.Given another = onB.redeem(onB.code(signIn));
        assertThat(access(b, one)).isInstanceOf(Access.Granted.class);

        a.get(Sessions.class).endOfUser(signIn.userId(), EndReason.FORCED);
        TwoNodes.turn(b);

        assertThat(List.of(access(a, one), access(a, another), access(b, one), access(b, another)))
                .allSatisfy(access -> assertThat(access).isInstanceOf(Access.Refused.class));
    }

    @Test
    void whatIsLockedOnOneNodeIsLockedOnTheOtherAfterItsNextTurn() {
        TokenRequests.Given given = onA.redeem(onA.code(signIn()));
        assertThat(access(b, given)).isInstanceOf(Access.Granted.class);

        assertThat(b.get(Sessions.class).lock(List.of(given.sessionId()))).isOne();
        TwoNodes.turn(a);

        assertThat(access(a, given)).isInstanceOf(Access.Locked.class);
    }

    @Test
    void tokenThatHasEndedIsLookedUpOnce() {
        TokenRequests.Given given = onA.redeem(onA.code(signIn()));
        a.get(Sessions.class).end(given.sessionId(), EndReason.FORCED);

        assertThat(Statements.of(() -> assertThat(access(b, given)).isInstanceOf(Access.Refused.class)))
                .isNotEmpty();
        assertThat(Statements.of(() -> access(b, given))).isEmpty();
    }

    @Test
    void whatWeDidNotSignIsNeverLookedUp() {
        TokenRequests.Given given = onA.redeem(onA.code(signIn()));
        String forged = given.accessToken().substring(0, given.accessToken().length() - 8) + "AAAAAAAA";

        for (String token : List.of(forged, "abc", UUID.randomUUID().toString())) {
            assertThat(Statements.of(() ->
                            assertThat(b.get(Admission.class).access(token)).isInstanceOf(Access.Refused.class)))
                    .as(token)
                    .isEmpty();
        }
    }

    private static Access access(LapseInJavaSE node, TokenRequests.Given given) {
        return node.get(Admission.class).access(given.accessToken());
    }

    private SignIn signIn() {
        UUID demo =
                a.get(Organizations.class).findByDomain("demo").orElseThrow().id();
        User alice =
                a.get(Users.class).findByUsername(demo, "alice@demo.example").orElseThrow();
        return SignInFixture.persisted(a, alice);
    }
}
