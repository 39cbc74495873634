package org.lapse.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lapse.access.oauth.TokenRequests;
import org.lapse.access.oauth.TokenRequests.Given;
import org.lapse.access.signin.SignIn;
import org.lapse.access.signin.SignInFixture;
import org.lapse.access.signin.SignIns;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.User;
import org.lapse.sessions.session.Access;
import org.lapse.sessions.session.Admission;
import org.lapse.sessions.session.Sessions;

/** Sessions that several end or lock at the same moment, and at their deadline. */
@OnBothDatabases(configuration = {World.TIMEOUT_MINIMUM, World.CODE_LIFETIME})
class EndsAtOnceTest {
    /** Before the documents were locked in one order, about every third of such rounds failed over HTTP. */
    private static final int ROUNDS = 15;

    private final LapseInJavaSE lapse;
    private final World world;
    private final Admission admission;
    private final User user;
    private final List<String> applications;

    EndsAtOnceTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.world = new World(lapse);
        this.admission = lapse.get(Admission.class);
        this.applications =
                Stream.generate(() -> world.newApplication(false)).limit(4).toList();
        this.user = new User(
                world.organizationId(),
                UUID.randomUUID().toString(),
                "Somebody",
                null,
                lapse.clock().now());
        lapse.inTransaction(() -> lapse.entities().persist(user));
    }

    @Test
    void whoSignsOutOfTwoBrowsersAtOnceIsSignedOutOfBoth() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                applications.forEach(this::storeDocument);
                Browser one = new Browser();
                Browser other = new Browser();

                List<Future<Void>> signedOut = two.invokeAll(List.of(one, other));

                for (Future<Void> each : signedOut) {
                    each.get();
                }
                assertThat(Stream.concat(one.given.stream(), other.given.stream()))
                        .allSatisfy(given -> assertThat(admission.access(given.accessToken()))
                                .isInstanceOf(Access.Refused.class));
            }
        } finally {
            two.shutdownNow();
        }
    }

    private void storeDocument(String applicationId) {
        lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery("insert into client_state (application_id, subject, organization_id, document,"
                        + " written_at) values (?1, ?2, ?3, ?4, ?5) on conflict do nothing")
                .setParameter(1, applicationId)
                .setParameter(2, user.id().toString())
                .setParameter(3, world.organizationId())
                .setParameter(4, "{}".getBytes(StandardCharsets.UTF_8))
                .setParameter(5, lapse.clock().now())
                .executeUpdate());
    }

    /** Somebody who is signed in to all applications in one browser, and signs out. */
    private final class Browser implements Callable<Void> {
        private final SignIn signIn = lapse.inTransaction(() -> SignInFixture.persisted(lapse, user));
        private final List<Given> given = applications.stream()
                .map(id -> TokenRequests.of(lapse, id))
                .map(client -> client.redeem(client.code(signIn)))
                .toList();

        @Override
        public Void call() {
            lapse.get(SignIns.class).end(signIn.id());
            return null;
        }
    }

    @Test
    void whatHasLapsedIsNotLockedByAnAdministratorThoughTheTimerHasNotComeRound() {
        world.setTimeout(60);
        try {
            TokenRequests client = TokenRequests.of(lapse, applications.get(0));
            Given given = client.redeem(client.code(lapse.inTransaction(() -> SignInFixture.persisted(lapse, user))));
            lapse.clock().putForward(Duration.ofSeconds(60));

            assertThat(lapse.get(Sessions.class).lock(List.of(given.sessionId())))
                    .isZero();

            assertThat(admission.access(given.accessToken())).isInstanceOf(Access.Refused.class);
        } finally {
            world.clearTimeout();
        }
    }
}
