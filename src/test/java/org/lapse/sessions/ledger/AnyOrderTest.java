package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random histories of a few sessions, told to one ledger in order and to others in any order, with repetitions. A ledger
 * that says that it does not know enough is told the row as it is in the end. Each must know what the rows say then.
 */
class AnyOrderTest {
    private static final Instant NOW = START.plusSeconds(60);
    private static final int SESSIONS = 3;

    @Property(seed = "21", tries = 1000)
    void ledgerKnowsTheSameWhateverOrderItIsToldIn(@ForAll("histories") List<Step> steps, @ForAll Random random) {
        History history = new History(steps);
        List<CommittedState<String>> shuffled = new ArrayList<>(history.told);
        history.told.stream().filter(one -> random.nextInt(4) == 0).forEach(shuffled::add);
        Collections.shuffle(shuffled, random);

        assertThatAllIsKnown(history, history.told, false);
        assertThatAllIsKnown(history, shuffled, false);
    }

    @Property(seed = "22", tries = 1000)
    void whatIsSettledMakesNoDifference(@ForAll("histories") List<Step> steps, @ForAll Random random) {
        History history = new History(steps);
        List<CommittedState<String>> shuffled = new ArrayList<>(history.told);
        Collections.shuffle(shuffled, random);

        assertThatAllIsKnown(history, shuffled, true);
    }

    private static void assertThatAllIsKnown(History history, List<CommittedState<String>> told, boolean settles) {
        SessionLedger<String> ledger =
                new SessionLedger<>(START, LedgerFixture.sharing(SharedTimeout.of(Optional.of(TIMEOUT))));
        Set<Long> come = new HashSet<>();
        long settledUpTo = 0;
        for (CommittedState<String> status : told) {
            if (ledger.apply(status, NOW) == SessionLedger.Outcome.INCOMPLETE) {
                ledger.apply(history.row(status.id()), NOW);
            }
            come.add(status.version());
            while (settles && come.contains(settledUpTo + 1)) {
                ledger.settled(++settledUpTo);
            }
        }

        assertThat(history.known(ledger)).as("told %s", told).isEqualTo(history.expected());
        List<Row> rows = history.expected().values().stream()
                .flatMap(Optional::stream)
                .map(Known::row)
                .toList();
        assertThat(ledger.size()).isEqualTo(rows.size());
        assertThat(ledger.locked()).isEqualTo(rows.stream().filter(Row::locked).count());
        assertThat(ledger.takePassed(START.plus(LIFE).plus(LIFE), ALL)).hasSize(rows.size());
    }

    enum Kind {
        RENEW,
        LOCK,
        UNLOCK,
        USE,
        HOLD,
        HAND_OVER,
        WAIT_FOR_REFRESH,
        END
    }

    /** What happens to one of the sessions. */
    record Step(Kind kind, int which, int amount) {}

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.integers().between(0, SESSIONS - 1),
                        Arbitraries.integers().between(1, 40))
                .as(Step::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(30);
    }

    /** What a ledger knows of a session in the end, and by which tokens it is found. */
    private record Known(Row row, Set<String> foundBy) {}

    /** What happened in the database, with the number of the change as the version. */
    private static final class History {
        private final List<CommittedState<String>> told = new ArrayList<>();
        private final Row[] rows = new Row[SESSIONS];
        private final boolean[] gone = new boolean[SESSIONS];
        private final boolean[] ended = new boolean[SESSIONS];
        private final long[] versions = new long[SESSIONS];
        private final Set<String> tokens = new TreeSet<>();

        History(List<Step> steps) {
            steps.forEach(this::play);
        }

        private void play(Step step) {
            int which = step.which();
            long version = told.size() + 1L;
            Row row = rows[which];
            if (ended[which]) {
                return;
            }
            if (row == null) {
                tell(which, Row.opened("session" + which, version, nextToken()), true);
            } else if (step.kind() == Kind.END || (step.kind() == Kind.WAIT_FOR_REFRESH && !gone[which])) {
                gone[which] = true;
                ended[which] = step.kind() == Kind.END;
                versions[which] = version;
                told.add(Row.over(row.name(), version));
            } else if (gone[which]) {
                gone[which] = false;
                tell(which, row.renewed(version, nextToken(), end(step), START), true);
            } else if (step.kind() == Kind.LOCK) {
                tell(which, row.locked(version), true);
                told.set(told.size() - 1, Row.lock(row.name(), version));
            } else {
                tell(which, changed(row, step, version), step.kind() == Kind.HAND_OVER);
            }
        }

        private Row changed(Row row, Step step, long version) {
            if (step.kind() == Kind.RENEW) {
                // Half of the former tokens are good still.
                return row.renewed(version, nextToken(), end(step), NOW.plusSeconds(step.amount() - 20L));
            }
            if (step.kind() == Kind.HAND_OVER) {
                return row.handedOver(version, "holder since " + version);
            }
            if (step.kind() == Kind.HOLD && !row.locked()) {
                return row.held(version, NOW.plusSeconds(step.amount()));
            }
            return row.used(version, START.plusMillis(version), step.amount());
        }

        private void tell(int which, Row row, boolean whole) {
            rows[which] = row;
            versions[which] = row.version();
            told.add(whole ? row.whole() : row.live());
        }

        private static Instant end(Step step) {
            return START.plus(LIFE).plusSeconds(step.amount());
        }

        private String nextToken() {
            String token = "token" + tokens.size();
            tokens.add(token);
            return token;
        }

        /** What the row says in the end, for who reads it. */
        CommittedState<String> row(UUID id) {
            int which = IntStream.range(0, SESSIONS)
                    .filter(one -> LedgerFixture.id("session" + one).equals(id))
                    .findAny()
                    .orElseThrow();
            return gone[which] ? Row.over("session" + which, versions[which]) : rows[which].whole();
        }

        Map<Integer, Optional<Known>> expected() {
            Map<Integer, Optional<Known>> all = new TreeMap<>();
            for (int which = 0; which < SESSIONS; which++) {
                Row row = gone[which] ? null : rows[which];
                all.put(which, Optional.ofNullable(row).map(this::expected));
            }
            return all;
        }

        private Known expected(Row row) {
            Set<String> foundBy = new TreeSet<>(Set.of(row.token()));
            row.former().filter(former -> NOW.isBefore(former.goodUntil())).ifPresent(former -> tokens.stream()
                    .filter(token -> TokenDigest.of(token).equals(former.token()))
                    .forEach(foundBy::add));
            return new Known(
                    new Row(
                            row.name(),
                            row.version(),
                            row.locked(),
                            row.token(),
                            row.expiresAt(),
                            Optional.empty(),
                            row.principal(),
                            row.lastActivity(),
                            row.use(),
                            row.heldUntil()),
                    foundBy);
        }

        Map<Integer, Optional<Known>> known(SessionLedger<String> ledger) {
            Map<Integer, Optional<Known>> all = new TreeMap<>();
            for (int which = 0; which < SESSIONS; which++) {
                String name = "session" + which;
                all.put(which, ledger.find(LedgerFixture.id(name)).map(session -> known(ledger, name, session)));
            }
            return all;
        }

        private Known known(SessionLedger<String> ledger, String name, LiveSession<String> session) {
            Set<String> foundBy = new TreeSet<>();
            String current = "";
            for (String token : tokens) {
                if (ledger.find(token, NOW).filter(session::equals).isPresent()) {
                    foundBy.add(token);
                }
                current = session.carries(TokenDigest.of(token)) ? token : current;
            }
            SessionStatus standing = session.status(NOW);
            assertThat(standing).isIn(SessionStatus.ACTIVE, SessionStatus.LOCKED);
            return new Known(
                    new Row(
                            name,
                            session.version(),
                            standing == SessionStatus.LOCKED,
                            current,
                            session.expiresAt(),
                            Optional.empty(),
                            session.principal(),
                            session.lastActivity(),
                            session.lastUse(),
                            session.heldUntil()),
                    foundBy);
        }
    }
}
