package org.lapse.insight.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.platform.api.Caller;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.SessionPrincipal;

/** A socket hears what its channel is subscribed to, in its order, as long as its session may. */
class ChannelSocketTest {
    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration LIFE = Duration.ofHours(24);
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final Topic BOBS_TOKENS = new Topic(BOB, TopicKind.TOKENS);
    private static final Topic BOBS_ACTIVITY = new Topic(BOB, TopicKind.ACTIVITY);
    private static final String FRAME = "a frame";

    private final SharedTimeout fiveMinutes = SharedTimeout.of(Optional.of(Duration.ofMinutes(5)));
    private final SessionLedger<SessionPrincipal> ledger = new SessionLedger<>(START, new SessionPrincipals<>() {
        @Override
        public SessionPrincipal latest(SessionPrincipal grant, long version) {
            return grant;
        }

        @Override
        public SharedTimeout timeoutOf(SessionPrincipal grant) {
            return fiveMinutes;
        }
    });
    private final LiveSession<SessionPrincipal> session = open();
    private final Sent sent = new Sent();
    private final ChannelSocket socket = new ChannelSocket(
            new Channel(
                    new Caller(ORGANIZATION, "desk", ALICE, "alice", Set.of(), "token"),
                    session.id(),
                    TokenDigest.of("key"),
                    LIFE,
                    START),
            session,
            new Outbox(sent, Runnable::run),
            START.plusSeconds(30));

    private LiveSession<SessionPrincipal> open() {
        UUID id = UUID.randomUUID();
        ledger.apply(
                new CommittedState.Live<>(
                        id,
                        1,
                        Optional.empty(),
                        TokenDigest.of("token"),
                        START.plus(LIFE),
                        Optional.empty(),
                        Optional.of(grant(Set.of("audits:audit:view"))),
                        START,
                        0,
                        Optional.empty()),
                START);
        return ledger.find(id).orElseThrow();
    }

    private static SessionPrincipal grant(Set<String> permissions) {
        return new SessionPrincipal(
                ORGANIZATION, "desk", ALICE, "alice", new Entitlements(Set.of(), permissions), "all");
    }

    private static Notice.Happened happened(Topic topic, long number) {
        return new Notice.Happened(
                topic,
                number,
                new EventBody.Token(
                        EventBody.UserReference.of(BOB),
                        UUID.randomUUID(),
                        "desk",
                        null,
                        null,
                        START,
                        EndReason.SIGNED_OUT));
    }

    private boolean deliver(Topic topic, long number) {
        return socket.deliver(happened(topic, number), FRAME, START);
    }

    private boolean subscribe(int revision, Topic... topics) {
        return socket.subscribe(new Notice.Subscribed(UUID.randomUUID(), revision, Set.of(topics), START.plus(LIFE)));
    }

    @BeforeEach
    void isSubscribed() {
        subscribe(1, BOBS_TOKENS, BOBS_ACTIVITY);
    }

    @Test
    void whatHappenedEarlierIsNotToldAfterWhatHappenedLater() {
        deliver(BOBS_ACTIVITY, 7);
        deliver(BOBS_ACTIVITY, 6);
        deliver(BOBS_ACTIVITY, 8);

        assertThat(sent.frames).hasSize(2);
    }

    @Test
    void whatHasNoNumberIsAlwaysTold() {
        deliver(BOBS_TOKENS, 0);
        deliver(BOBS_TOKENS, 0);

        assertThat(sent.frames).hasSize(2);
    }

    @Test
    void laterSubscriptionStandsWhicheverIsHeardOfLast() {
        assertThat(subscribe(3, BOBS_TOKENS)).isTrue();
        assertThat(subscribe(2, BOBS_ACTIVITY)).isFalse();

        assertThat(socket.topics()).containsExactly(BOBS_TOKENS);
        deliver(BOBS_ACTIVITY, 1);
        assertThat(sent.frames).isEmpty();
    }

    @Test
    void whoHasLostThePermissionHearsNothing() {
        ledger.replacePrincipals(principal -> grant(Set.of()), START);

        deliver(BOBS_TOKENS, 0);
        assertThat(sent.frames).isEmpty();

        deliver(BOBS_ACTIVITY, 1);
        assertThat(sent.frames).hasSize(1);
    }

    @Test
    void atTheDeadlineNothingIsToldWhetherTheTimerHasComeRoundOrNot() {
        Instant deadline = START.plus(Duration.ofMinutes(5));

        socket.deliver(happened(BOBS_TOKENS, 0), FRAME, deadline.minusMillis(1));
        assertThat(sent.frames).hasSize(1);
        socket.deliver(happened(BOBS_TOKENS, 0), FRAME, deadline);
        assertThat(sent.frames).hasSize(1);
    }

    @Test
    void lockedOrEndedSessionHearsNothingAndItsSocketMustClose() {
        ledger.apply(new CommittedState.Locked<>(session.id(), 2, 1, LockReason.INACTIVITY), START);
        deliver(BOBS_TOKENS, 0);
        assertThat(sent.frames).isEmpty();
        assertThat(socket.mustClose(START)).isEqualTo(Closing.SESSION_LOCKED);

        ledger.apply(new CommittedState.Over<>(session.id(), 3), START);
        assertThat(socket.mustClose(START)).isEqualTo(Closing.SESSION_ENDED);
    }

    @Test
    void socketClosesWhenItsChannelExpires() {
        ledger.change(fiveMinutes, Optional.empty(), START);

        assertThat(socket.mustClose(START.plus(LIFE).minusMillis(1))).isNull();
        assertThat(socket.mustClose(START.plus(LIFE))).isEqualTo(Closing.CHANNEL_EXPIRED);
    }

    @Test
    void endOfTheSessionIsToldAndNothingAfterIt() {
        assertThat(socket.close(Closing.SESSION_ENDED, "forced")).isTrue();
        assertThat(socket.close(Closing.SESSION_ENDED, "forced")).isFalse();
        deliver(BOBS_TOKENS, 0);

        assertThat(sent.frames).hasSize(2);
        assertThat(sent.frames.get(0)).contains("v2.system.token_revoked", "\"reason\":\"forced\"");
        assertThat(sent.frames.get(1)).contains("v2.system.socket_closing", "\"closeCode\":4401");
        assertThat(sent.closed).containsExactly(Closing.SESSION_ENDED);
        assertThat(socket.mustClose(START)).isNull();
    }

    @Test
    void heartbeatsComeWhenItIsTime() {
        Instant first = START.plusSeconds(30);

        socket.beat(first.minusMillis(1), first.plusSeconds(30));
        assertThat(sent.frames).isEmpty();
        assertThat(socket.beat(first, first.plusSeconds(30))).isTrue();
        socket.beat(first.plusSeconds(29), first.plusSeconds(60));
        assertThat(sent.frames).hasSize(1);
        assertThat(sent.frames.get(0)).contains("channel.metadata", "WebSocket Heartbeat");
    }

    @Test
    void peerThatReceivesNothingBetweenTwoHeartbeatsIsToBeAbandoned() {
        sent.receives = false;
        Instant first = START.plusSeconds(30);

        assertThat(socket.beat(first, first.plusSeconds(30))).isTrue();
        assertThat(socket.beat(first.plusSeconds(30), first.plusSeconds(60))).isFalse();
    }

    @Test
    void tooMuchThatWaitsIsSaid() {
        sent.receives = false;
        deliver(BOBS_TOKENS, 0);
        for (int i = 0; i < Outbox.LONGEST; i++) {
            assertThat(deliver(BOBS_TOKENS, 0)).isTrue();
        }

        assertThat(deliver(BOBS_TOKENS, 0)).isFalse();
    }

    /** A peer that receives everything at once, or nothing. */
    private static final class Sent implements Outbox.Wire {
        private final List<String> frames = new ArrayList<>();
        private final List<Closing> closed = new ArrayList<>();
        private boolean receives = true;

        @Override
        public void send(String frame, Consumer<Boolean> went) {
            if (receives) {
                frames.add(frame);
                went.accept(true);
            }
        }

        @Override
        public void close(Closing why) {
            closed.add(why);
        }
    }
}
