package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** Who ends sessions to open others does so only so often in a day. */
@OnBothDatabases(configuration = {"lapse.limit.openings-of-user=4", "lapse.limit.openings-of-client=150"})
class OpeningsOfADayTest {
    private static final int OF_USER = 4;
    private static final int OF_CLIENT = 150;
    private static final Duration DAY = Duration.ofDays(1);

    private final LapseInJavaSE lapse;
    private final UUID organizationId;

    OpeningsOfADayTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @Test
    void userOpensSoManyInADayHoweverManyHaveEnded() {
        User user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
        Runnable open = () -> open(user, "demo-desk");
        long refusedBefore = lapse.get(Limits.class).refused(Limited.OPENINGS_OF_USER);
        for (int i = 0; i < OF_USER; i++) {
            open.run();
        }

        assertRefusedUntilTomorrow(catchThrowable(open::run));

        open(user, BrowserApplication.in(lapse, Duration.ofHours(1)).id()); // which has a day of its own
        assertThat(lapse.get(Limits.class).refused(Limited.OPENINGS_OF_USER)).isEqualTo(refusedBefore + 1);
        lapse.clock().putForward(DAY);
        open.run();
    }

    private void open(User user, String applicationId) {
        TokenRequests desk = TokenRequests.of(lapse, applicationId);
        SignIn signIn = SignInFixture.persisted(lapse, user);
        UUID session = desk.redeem(desk.code(signIn)).sessionId();
        lapse.get(Sessions.class).end(session, EndReason.SIGNED_OUT);
    }

    @Test
    void applicationOnItsOwnToo() {
        String id = UUID.randomUUID().toString();
        lapse.inTransaction(() -> lapse.entities()
                .persist(Application.serviceClient(
                        organizationId,
                        id,
                        id,
                        new ClientSecret("a secret"),
                        Set.of(),
                        lapse.clock().now())));
        Client client = lapse.get(Clients.class).find(id).orElseThrow().giving(new ClientSecret("a secret"));
        Runnable open = () -> lapse.get(TokenGrants.class).giveToApplication(client, Optional.empty(), "");
        for (int i = 0; i < OF_CLIENT; i++) {
            open.run();
        }
        lapse.get(Sessions.class).endOfApplication(id, EndReason.SIGNED_OUT);

        assertRefusedUntilTomorrow(catchThrowable(open::run));

        lapse.clock().putForward(DAY);
        open.run();
    }

    private static void assertRefusedUntilTomorrow(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(refusal).hasMessageContaining("a day");
            assertThat(Long.parseLong(refusal.headers().getOrDefault("Retry-After", "0")))
                    .isBetween(1L, DAY.toSeconds());
        });
    }
}
