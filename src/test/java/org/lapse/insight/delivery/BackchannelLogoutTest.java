package org.lapse.insight.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lapse.access.oauth.RevokedByClient;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.platform.api.ApiException;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.Sessions;

/** What is committed is heard of, however often that takes, and nothing else is. */
@OnBothDatabases(
        configuration = {"lapse.limit.sessions-of-user=2000", "lapse.limit.sessions-of-user-in-application=2000"})
class BackchannelLogoutTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LapseInJavaSE lapse;
    private final Sessions sessions;
    private final LogoutReceiver receiver = new LogoutReceiver();
    private final Desk desk;

    BackchannelLogoutTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = lapse.get(Sessions.class);
        this.desk = Desk.at(lapse, receiver.address());
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void everyEndIsHeardWithItsSessionAndALockIsNot() {
        UUID locked = desk.open();
        sessions.lock(List.of(locked));
        Map<EndReason, UUID> ended = new EnumMap<>(EndReason.class);
        for (EndReason reason : EndReason.values()) {
            ended.put(reason, desk.open());
            sessions.end(ended.get(reason), reason);
        }

        awaitHeard(ended.size());
        assertThat(receiver.claims("sid"))
                .containsExactlyInAnyOrderElementsOf(
                        ended.values().stream().map(UUID::toString).toList());
        assertThat(receiver.claims("sub")).containsOnly(desk.userId().toString());
        assertThat(receiver.claims("events")).containsOnly("{http://schemas.openid.net/event/backchannel-logout={}}");

        sessions.end(locked, EndReason.SIGNED_OUT);
        awaitHeard(ended.size() + 1);
    }

    @Test
    void endThatIsRolledBackIsNeverSent() {
        UUID session = desk.open();

        assertThatThrownBy(() -> lapse.inTransaction(() -> {
                    sessions.end(session, EndReason.FORCED);
                    throw new IllegalStateException("in vain");
                }))
                .hasMessage("in vain");

        lapse.get(Dispatch.class).look();
        assertThat(desk.status().waiting()).isZero();
        assertThat(receiver.tokens()).isEmpty();
    }

    /** The node that ends them is killed after the commit, with all rows in its hands. */
    @Test
    void endsAreHeardOnceEachAlthoughTheNodeIsKilled() {
        List<UUID> ended = desk.open(100);
        lapse.inTransaction(() -> {
            sessions.end(ended, EndReason.FORCED);
            desk.takeAll();
        });
        lapse.get(Dispatch.class).look();
        assertThat(receiver.tokens()).isEmpty();
        assertThat(desk.status().waiting()).isEqualTo(100);

        lapse.clock().putForward(Dispatch.TAKEN_FOR.plusSeconds(1));
        lapse.get(Dispatch.class).look();

        awaitHeard(100);
        assertThat(new HashSet<>(receiver.claims("sid")))
                .hasSize(100)
                .containsAll(ended.stream().map(UUID::toString).toList());
        await().atMost(SOON).until(() -> desk.status().waiting() == 0);
    }

    /** Together they could have all threads. */
    @Test
    void slowReceiversHoldUpNobody() {
        List<LogoutReceiver> slow =
                Stream.generate(LogoutReceiver::new).limit(4).toList();
        List<Desk> others =
                slow.stream().map(each -> Desk.at(lapse, each.address())).toList();
        slow.forEach(LogoutReceiver::fallSilent);
        others.forEach(other -> sessions.end(other.open(20), EndReason.FORCED));
        sessions.end(desk.open(20), EndReason.FORCED);

        awaitHeard(20);
        assertThat(others).allSatisfy(other -> assertThat(other.status().lastFailure())
                .as("the first call to a slow one is still under way")
                .isNull());
        others.forEach(other -> other.hearAt(""));
        slow.forEach(LogoutReceiver::close);
    }

    @Test
    void failureIsRepeatedWithTheSameIdUntilItIsHeard() {
        receiver.answer(503, "later");
        sessions.end(desk.open(), EndReason.FORCED);
        awaitHeard(1);
        await().atMost(SOON).until(() -> desk.status().state().equals("failing"));
        assertThat(desk.status().lastError()).isEqualTo("503 later");
        lapse.get(Dispatch.class).look();
        assertThat(receiver.tokens()).hasSize(1);

        receiver.answer(204, "");
        lapse.clock().putForward(Duration.ofSeconds(2));
        lapse.get(Dispatch.class).look();

        awaitHeard(2);
        assertThat(new HashSet<>(receiver.claims("jti"))).hasSize(1);
        await().atMost(SOON).until(() -> desk.status().state().equals("ok"));
        assertThat(desk.status().waiting()).isZero();
    }

    /** One that is down for long is tried once a minute, and what waits then arrives all the same. */
    @Test
    void receiverThatFailsForLongIsPausedToldOfOnceAndHearsAllWhenItIsBack() {
        receiver.answer(500, "");
        List<UUID> ended = desk.open(Receiver.FAILURES);
        sessions.end(ended, EndReason.FORCED);
        awaitHeard(ended.size());
        await().atMost(SOON).until(() -> desk.status().state().equals("failing"));
        lapse.clock().putForward(Receiver.FAILING_FOR);

        await().atMost(SOON).until(() -> {
            lapse.get(Dispatch.class).look();
            return desk.status().state().equals("paused");
        });
        await().atMost(SOON).until(() -> failingRecords() == 1);

        receiver.answer(200, "");
        await().atMost(SOON).until(() -> {
            lapse.clock().putForward(Duration.ofMinutes(1));
            lapse.get(Dispatch.class).look();
            return desk.status().waiting() == 0;
        });
        assertThat(new HashSet<>(receiver.claims("jti"))).hasSize(ended.size());
        assertThat(desk.status().state()).isEqualTo("ok");
        assertThat(failingRecords()).isEqualTo(1);
    }

    private long failingRecords() {
        return lapse.fired(ReceiverFailing.class).stream()
                .filter(failing -> failing.applicationId().equals(desk.id()))
                .count();
    }

    @Test
    void whatIsRefusedIsSentAgainWhenAnAdministratorSaysSo() {
        receiver.answer(400, "{\"error\":\"invalid_request\"}");
        sessions.end(desk.open(), EndReason.FORCED);
        await().atMost(SOON).until(() -> desk.status().lastFailure() != null);
        assertThat(desk.status().waiting()).isZero();
        assertThat(desk.status().lastError()).isEqualTo("400 {\"error\":\"invalid_request\"}");

        receiver.answer(200, "");
        lapse.get(Backlogs.class).sendAgain(desk.administrator(), desk.id());

        awaitHeard(2);
        assertThat(new HashSet<>(receiver.claims("jti"))).hasSize(1);
    }

    @Test
    void whatHappenedLaterToASessionWaitsForWhatHappenedBefore() {
        UUID session = desk.open();
        Instant now = lapse.clock().now();
        Deliveries deliveries = lapse.get(Deliveries.class);
        lapse.inTransaction(() -> {
            sessions.end(session, EndReason.FORCED);
            lapse.entities()
                    .createNativeQuery("insert into delivery (id, organization_id, kind, receiver_id, session_id,"
                            + " user_id, created_at, due_at, give_up_at) select :id, organization_id, kind,"
                            + " receiver_id, session_id, user_id, created_at, created_at, give_up_at from delivery"
                            + " where session_id = :session")
                    .setParameter("id", UUID.randomUUID())
                    .setParameter("session", session)
                    .executeUpdate();
            Instant later = lapse.clock().now();
            List<Delivery> first =
                    deliveries.take(desk.id(), 10, later, later.plusSeconds(1)).orElseThrow();
            assertThat(first).hasSize(1);
            assertThat(deliveries
                            .take(desk.id(), 10, later, later.plusSeconds(1))
                            .orElseThrow())
                    .isEmpty();

            deliveries.settle(List.of(Attempt.delivered(first.get(0), now)));
            assertThat(deliveries
                            .take(desk.id(), 10, later, later.plusSeconds(1))
                            .orElseThrow())
                    .hasSize(1);
        });
        desk.hearAt("");
    }

    /** The application was down when the user was disabled; by now the user is enabled, and has signed in again. */
    @Test
    void repetitionOfLaterNamesTheSessionsThatEndedAndNoOther() {
        receiver.answer(503, "");
        List<UUID> ended = desk.open(3);
        sessions.end(ended, EndReason.USER_DISABLED);
        await().atMost(SOON).until(() -> desk.status().state().equals("failing"));
        lapse.clock().putForward(Duration.ofHours(2));
        UUID signedInAgain = desk.open();
        receiver.answer(200, "");
        await().atMost(SOON).until(() -> {
            lapse.get(Dispatch.class).look();
            return desk.status().waiting() == 0;
        });

        assertThat(new HashSet<>(receiver.claims("sid")))
                .containsExactlyInAnyOrderElementsOf(
                        ended.stream().map(UUID::toString).toList())
                .doesNotContain(signedInAgain.toString());
    }

    @Test
    void whoTakesTheAddressAwayHearsNoMore() {
        receiver.answer(500, "");
        sessions.end(desk.open(), EndReason.FORCED);
        awaitHeard(1);
        desk.hearAt("");
        sessions.end(desk.open(), EndReason.FORCED);
        lapse.clock().putForward(Duration.ofSeconds(2));

        await().atMost(SOON).until(() -> {
            lapse.get(Dispatch.class).look();
            return waiting() == 0;
        });
        assertThat(receiver.tokens()).hasSize(1);
    }

    /** It asked for that itself. */
    @Test
    void clientThatGivesItsTokenBackIsNotTold() {
        UUID session = desk.open();
        lapse.inTransaction(() -> {
            sessions.end(session, EndReason.REVOKED);
            lapse.fire(new RevokedByClient(desk.id(), session));
        });

        assertThat(desk.status().waiting()).isZero();
        assertThat(receiver.tokens()).isEmpty();
    }

    private long waiting() {
        return lapse.get(Backlogs.class).list(desk.administrator()).stream()
                .filter(body -> body.id().equals(desk.id()))
                .mapToLong(ReceiverBody::waiting)
                .sum();
    }

    @Test
    void addressInsideOfTheNetworkIsRefusedWhenItIsSaved() {
        Stream.of(
                        "https://10.0.0.1/logout",
                        "https://[fd00::1]/logout",
                        "http://desk.example/logout",
                        "https://desk.example:8443/logout",
                        "https://user@desk.example/logout",
                        "https://desk.example/logout#here",
                        "logout")
                .forEach(address -> assertThatThrownBy(() -> desk.hearAt(address))
                        .as(address)
                        .isInstanceOf(ApiException.class));
    }

    private void awaitHeard(int count) {
        await().atMost(SOON).untilAsserted(() -> assertThat(receiver.tokens()).hasSize(count));
    }
}
