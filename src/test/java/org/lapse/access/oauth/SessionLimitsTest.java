package org.lapse.access.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.limit.Limited;
import org.lapse.platform.limit.Limits;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Session;
import org.lapse.sessions.session.Sessions;

/** How many sessions one user, and one application on its own, may have. */
@OnBothDatabases(configuration = {"lapse.limit.sessions-of-user=3", "lapse.limit.sessions-of-client=5"})
class SessionLimitsTest {
    private static final int OF_CLIENT = 5;
    private static final int THREADS = 8;

    private final LapseInJavaSE lapse;
    private final TokenGrants grants;
    private final Sessions sessions;
    private final Limits limits;
    private final UUID organizationId;

    SessionLimitsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.grants = lapse.get(TokenGrants.class);
        this.sessions = lapse.get(Sessions.class);
        this.limits = lapse.get(Limits.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
    }

    @Test
    void applicationHasSoManySessionsAndNoMoreUntilSomeHaveEnded() {
        Client client = application();
        long refusedBefore = limits.refused(Limited.SESSIONS_OF_CLIENT);
        for (int i = 0; i < OF_CLIENT; i++) {
            give(client);
        }

        assertRefused(catchThrowable(() -> give(client)));
        assertRefused(catchThrowable(() -> give(client)));

        assertThat(limits.refused(Limited.SESSIONS_OF_CLIENT)).isEqualTo(refusedBefore + 2);
        sessions.endOfApplication(client.id(), EndReason.FORCED);
        give(client);
    }

    @Test
    void applicationThatAsksManyTimesAtOnceHasNoMore() throws Exception {
        Client client = application();
        List<Callable<Boolean>> asked = Stream.<Callable<Boolean>>generate(
                        () -> () -> catchThrowable(() -> give(client)) == null)
                .limit(THREADS * OF_CLIENT)
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            int given = 0;
            for (Future<Boolean> answer : threads.invokeAll(asked)) {
                given += answer.get() ? 1 : 0;
            }
            assertThat(given).isPositive().isLessThanOrEqualTo(OF_CLIENT);
            for (; given < OF_CLIENT; given++) {
                give(client);
            }
            assertRefused(catchThrowable(() -> give(client)));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ofTwoClientsThatTakeAUsersLastSessionAtOnceOneIsRefused() throws SQLException {
        User user = user();
        TokenRequests desk = TokenRequests.of(lapse, "demo-desk");
        desk.redeem(desk.code(signIn(user)));
        desk.redeem(desk.code(signIn(user)));
        String one = desk.code(signIn(user));
        String other = desk.code(signIn(user));

        try (Strands strands = lapse.strands()) {
            Strand first = strands.of("first", () -> desk.redeem(one));
            Strand second = strands.of("second", () -> desk.redeem(other));
            first.goOnTo(Strand.Place.BEFORE_COMMIT);
            assertThat(second.goOn()).isEqualTo(Strand.Place.BLOCKED);
            first.finish();
            assertThat(second.goOnTo(Strand.Place.END).failure()).get().satisfies(SessionLimitsTest::assertRefused);
        }

        List<Session> live = new ArrayList<>(sessions.liveOfUser(user.id()));
        assertThat(live).hasSize(3);
        sessions.end(live.get(0).id(), EndReason.SIGNED_OUT);
        desk.redeem(other); // the code was not spent by the refusal
    }

    private static void assertRefused(Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(ApiException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refusal.headers().getOrDefault("Retry-After", "0")))
                    .isPositive();
        });
    }

    private void give(Client client) {
        grants.giveToApplication(client, Optional.empty(), "");
    }

    private Client application() {
        String id = UUID.randomUUID().toString();
        lapse.inTransaction(() -> lapse.entities()
                .persist(Application.serviceClient(
                        organizationId,
                        id,
                        id,
                        new ClientSecret("a secret"),
                        Set.of(),
                        lapse.clock().now())));
        return lapse.get(Clients.class).find(id).orElseThrow().giving(new ClientSecret("a secret"));
    }

    private User user() {
        User user = new User(
                organizationId,
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
        return user;
    }

    private SignIn signIn(User user) {
        return SignInFixture.persisted(lapse, user);
    }
}
