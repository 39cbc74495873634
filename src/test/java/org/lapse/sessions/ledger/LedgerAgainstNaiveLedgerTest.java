package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.USE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random histories of a ledger, with a clock that stands still, goes on, pauses and steps back, compared step by step
 * with a {@link NaiveLedger}. In each sweep the sessions are found whose deadline has passed and that were not found
 * before; and besides them at most those that a check has refused before the clock stepped back to before their
 * deadline.
 */
class LedgerAgainstNaiveLedgerTest {

    private static final long EPOCH = Instant.parse("2026-03-02T08:00:00.050Z").toEpochMilli();

    @Property(seed = "11", tries = 1500)
    void aWheelOfFewBucketsFindsWhatANaiveLedgerFinds(@ForAll("histories") List<Step> history) {
        replay(history, 8, 1);
    }

    @Property(seed = "12", tries = 300)
    void theUsualWheelFindsWhatANaiveLedgerFinds(@ForAll("histories") List<Step> history) {
        replay(history, DeadlineWheel.BUCKETS, 1);
    }

    @Property(seed = "13", tries = 300)
    void theUsualWheelFindsWhatANaiveLedgerFindsOverDays(@ForAll("histories") List<Step> history) {
        replay(history, DeadlineWheel.BUCKETS, 40_000);
    }

    private static void replay(List<Step> history, int buckets, long scale) {
        new Replay(buckets, scale).play(history);
    }

    /** What may happen, with numbers that the replay takes as it needs them. */
    record Step(Kind kind, int which, int amount, boolean odd) {}

    enum Kind {
        OPEN,
        ACTIVITY,
        CHECK,
        LOCK,
        UNLOCK,
        END,
        HOLD,
        RELEASE,
        GOVERN,
        CHANGE,
        TIME_GOES_ON,
        LONG_PAUSE,
        CLOCK_STEPS_BACK,
        SWEEP,
        SMALL_SWEEP,
        OFFER_AGAIN
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        Arbitrary<Kind> kinds = Arbitraries.frequency(
                Tuple.of(12, Kind.OPEN),
                Tuple.of(20, Kind.ACTIVITY),
                Tuple.of(6, Kind.CHECK),
                Tuple.of(4, Kind.LOCK),
                Tuple.of(5, Kind.UNLOCK),
                Tuple.of(2, Kind.END),
                Tuple.of(5, Kind.HOLD),
                Tuple.of(4, Kind.RELEASE),
                Tuple.of(3, Kind.GOVERN),
                Tuple.of(5, Kind.CHANGE),
                Tuple.of(20, Kind.TIME_GOES_ON),
                Tuple.of(1, Kind.LONG_PAUSE),
                Tuple.of(3, Kind.CLOCK_STEPS_BACK),
                Tuple.of(15, Kind.SWEEP),
                Tuple.of(5, Kind.SMALL_SWEEP),
                Tuple.of(5, Kind.OFFER_AGAIN));
        return Combinators.combine(
                        kinds,
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.integers().between(0, 1000),
                        Arbitraries.of(true, false))
                .as(Step::new)
                .list()
                .ofMinSize(20)
                .ofMaxSize(200);
    }

    private record Pair(LiveSession<String> session, NaiveLedger.Session naive) {}

    private static final class Replay {
        private final LedgerFixture fixture;
        private final SessionLedger<String> ledger;
        private final NaiveLedger naive;
        private final List<SharedTimeout> groups;
        private final List<Pair> pairs = new ArrayList<>();
        private final long scale;
        private long now = EPOCH;

        Replay(int buckets, long scale) {
            this.scale = scale;
            this.naive = new NaiveLedger(300 * scale, 900 * scale, NaiveLedger.NEVER);
            this.groups = Stream.of(
                            Optional.of(Duration.ofMillis(300 * scale)),
                            Optional.of(Duration.ofMillis(900 * scale)),
                            Optional.<Duration>empty())
                    .map(SharedTimeout::of)
                    .toList();
            this.fixture = new LedgerFixture(new DeadlineWheel<>(Instant.ofEpochMilli(EPOCH), buckets));
            this.ledger = fixture.ledger;
        }

        void play(List<Step> history) {
            history.forEach(this::play);
            now += 10_000 * scale;
            sweep(ALL);
            assertThat(naive.due(now)).isEmpty();
        }

        private void play(Step step) {
            long amount = step.amount() * scale;
            switch (step.kind()) {
                case OPEN -> open(step, amount);
                case CHANGE -> change(step, amount);
                case TIME_GOES_ON -> now += amount / 4;
                case LONG_PAUSE -> now += amount * 10;
                case CLOCK_STEPS_BACK -> now -= step.odd() ? amount : amount / 10;
                case SWEEP -> sweep(ALL);
                case SMALL_SWEEP -> sweep(1 + step.amount() % 3);
                default -> {
                    if (!pairs.isEmpty()) {
                        meet(step, pairs.get(step.which() % pairs.size()));
                    }
                }
            }
            assertThat(ledger.locked()).isEqualTo(naive.locked());
        }

        private void open(Step step, long amount) {
            int group = step.which() % groups.size();
            long lastActivity = now - (step.odd() ? amount / 2 : 0);
            long expiresAt = now + amount * 3;
            boolean locked = step.which() % 5 == 0;
            LiveSession<String> session = fixture.open(groups.get(group), version -> {
                Row row = Row.opened("session" + pairs.size(), version, "token" + pairs.size())
                        .lastUsedAt(Instant.ofEpochMilli(lastActivity))
                        .expiringAt(Instant.ofEpochMilli(expiresAt));
                return locked ? row.locked(version) : row;
            });
            NaiveLedger.Session opened = naive.open(group, lastActivity, expiresAt, locked);
            opened.countsAsLocked = locked;
            pairs.add(new Pair(session, opened));
        }

        private void change(Step step, long amount) {
            int group = step.which() % groups.size();
            boolean none = step.amount() % 10 == 0;
            ledger.change(
                    groups.get(group),
                    none ? Optional.empty() : Optional.of(Duration.ofMillis(amount)),
                    Instant.ofEpochMilli(now));
            naive.change(group, none ? NaiveLedger.NEVER : amount, now);
        }

        private void meet(Step step, Pair pair) {
            LiveSession<String> session = pair.session();
            Instant moment = Instant.ofEpochMilli(now);
            switch (step.kind()) {
                case ACTIVITY ->
                    assertThat(session.recordActivity(moment, USE))
                            .isEqualTo(pair.naive().recordActivity(now));
                case CHECK ->
                    assertThat(session.status(moment)).isEqualTo(pair.naive().settle(now));
                case LOCK -> {
                    if (fixture.lock(session)) {
                        pair.naive().lock();
                    }
                }
                case UNLOCK -> follow(pair, fixture.unlock(session, moment));
                case END -> {
                    fixture.end(session);
                    pair.naive().end();
                }
                case HOLD -> follow(pair, fixture.hold(session, moment.plusMillis(step.amount() * scale)));
                case RELEASE -> follow(pair, fixture.release(session, moment));
                case GOVERN -> {
                    int group = step.amount() % groups.size();
                    fixture.govern(session, groups.get(group), moment);
                    pair.naive().govern(group, now);
                }
                case OFFER_AGAIN -> {
                    if (pair.naive().taken) {
                        ledger.offerAgain(session);
                        pair.naive().offerAgain();
                    }
                }
                default -> throw new AssertionError(step);
            }
            assertThat(session.lastActivity().toEpochMilli()).isEqualTo(pair.naive().lastActivity);
            assertThat(session.deadline().toEpochMilli()).isEqualTo(pair.naive().deadline());
            assertThat(ledger.find(session.token(), moment).isPresent())
                    .isEqualTo(pair.naive().standing != SessionStatus.ENDED);
        }

        private void follow(Pair pair, boolean changed) {
            if (changed) {
                Row row = fixture.database.row(pair.session().id()).orElseThrow();
                pair.naive()
                        .follow(
                                row.lastActivity().toEpochMilli(),
                                row.heldUntil().map(Instant::toEpochMilli).orElse(NaiveLedger.HELD_BY_NOTHING));
            }
        }

        private void sweep(int limit) {
            List<NaiveLedger.Session> mustBeFound = naive.due(now);
            List<NaiveLedger.Session> mayBeFound = naive.dueOrRefused(now);
            List<PassedDeadline<String>> due = ledger.takePassed(Instant.ofEpochMilli(now), limit);
            List<NaiveLedger.Session> found = new ArrayList<>();
            for (PassedDeadline<String> one : due) {
                NaiveLedger.Session session = naive(one.session());
                assertThat(one.status()).isEqualTo(session.settle(now));
                assertThat(one.lastActivity().toEpochMilli()).isEqualTo(session.lastActivity);
                assertThat(one.deadline().toEpochMilli()).isEqualTo(session.deadline());
                session.take();
                found.add(session);
            }
            assertThat(found).doesNotHaveDuplicates().isSubsetOf(mayBeFound).hasSizeLessThanOrEqualTo(limit);
            if (found.size() < limit) {
                assertThat(found).containsAll(mustBeFound);
            }
        }

        private NaiveLedger.Session naive(LiveSession<String> session) {
            return pairs.stream()
                    .filter(pair -> pair.session().equals(session))
                    .findAny()
                    .orElseThrow()
                    .naive();
        }
    }
}
