package org.lapse.insight.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** How long something is tried, how often, and what one receiver can do to the others. */
@OnBothDatabases(
        configuration = {"lapse.limit.sessions-of-user=2000", "lapse.limit.sessions-of-user-in-application=2000"})
class DeliveryLimitsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LapseInJavaSE lapse;
    private final Sessions sessions;
    private final LogoutReceiver receiver = new LogoutReceiver();
    private final Desk desk;

    DeliveryLimitsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = lapse.get(Sessions.class);
        this.desk = Desk.at(lapse, receiver.address());
    }

    @AfterEach
    void close() {
        desk.hearAt("");
        receiver.close();
    }

    @Test
    void whatWaitsForADayIsGivenUpAlthoughItWasNeverTried() {
        pauseFor(Duration.ofHours(25));
        sessions.end(desk.open(30), EndReason.FORCED);
        assertThat(desk.status().waiting()).isEqualTo(30);

        lapse.clock().putForward(Duration.ofDays(1));
        lapse.get(Dispatch.class).tidy();

        assertThat(desk.status().waiting()).isZero();
    }

    @Test
    void whatIsPastItsTimeIsNotSent() {
        List<UUID> ended = desk.open(1);
        lapse.inTransaction(() -> {
            sessions.end(ended, EndReason.FORCED);
            desk.takeAll();
        });
        lapse.clock().putForward(Duration.ofDays(3));
        lapse.get(Dispatch.class).look();

        await().atMost(SOON).until(() -> desk.status().waiting() == 0);
        assertThat(receiver.tokens()).isEmpty();
    }

    @Test
    void receiverThatRefusesEverythingIsNotOk() {
        receiver.answer(400, "no");
        sessions.end(desk.open(10), EndReason.FORCED);
        await().atMost(SOON).until(() -> desk.status().waiting() == 0);
        assertThat(desk.status().state()).isEqualTo("refusing");

        receiver.answer(200, "");
        sessions.end(desk.open(), EndReason.FORCED);
        await().atMost(SOON).until(() -> desk.status().state().equals("ok"));
    }

    /** All that was taken for it goes back, but for the calls that are under way. */
    @Test
    void pauseStopsWhatIsInTheLane() {
        receiver.answer(500, "");
        List<UUID> ended = desk.open(60);
        aboutToBePaused();
        sessions.end(ended, EndReason.FORCED);
        await().atMost(SOON).until(() -> desk.status().state().equals("paused"));

        await().during(Duration.ofSeconds(1))
                .atMost(SOON)
                .until(() -> receiver.tokens().size() <= Lanes.CALLS);
    }

    @Test
    void lockedRowOfOneReceiverHoldsUpNobodyElse() throws InterruptedException {
        try (LogoutReceiver other = new LogoutReceiver()) {
            Desk locked = Desk.at(lapse, other.address());
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch over = new CountDownLatch(1);
            CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> lapse.inTransaction(() -> {
                lapse.entities()
                        .createNativeQuery("select id from delivery_receiver where id = :id for update")
                        .setParameter("id", locked.id())
                        .getResultList();
                held.countDown();
                awaitOf(over);
            }));
            held.await();
            sessions.end(locked.open(), EndReason.FORCED);
            sessions.end(desk.open(), EndReason.FORCED);

            await().atMost(SOON).until(() -> receiver.tokens().size() == 1);
            over.countDown();
            holder.join();
            await().atMost(SOON).until(() -> {
                lapse.get(Dispatch.class).look();
                return other.tokens().size() == 1;
            });
            locked.hearAt("");
        }
    }

    private static void awaitOf(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void pauseFor(Duration time) {
        lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery("update delivery_receiver set paused_until = :until where id = :id")
                .setParameter("until", lapse.clock().now().plus(time))
                .setParameter("id", desk.id())
                .executeUpdate());
    }

    /** The next failure is one too many. */
    private void aboutToBePaused() {
        lapse.inTransaction(() -> lapse.entities()
                .createNativeQuery(
                        "update delivery_receiver set failures = :failures, failing_since = :since where id = :id")
                .setParameter("failures", Receiver.FAILURES - 1)
                .setParameter("since", lapse.clock().now().minus(Receiver.FAILING_FOR))
                .setParameter("id", desk.id())
                .executeUpdate());
    }
}
