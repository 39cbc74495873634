package org.lapse.sessions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.sessions.ledger.LedgerFixture.ALL;
import static org.lapse.sessions.ledger.LedgerFixture.LIFE;
import static org.lapse.sessions.ledger.LedgerFixture.START;
import static org.lapse.sessions.ledger.LedgerFixture.TIMEOUT;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Random histories of a few sessions, told to one ledger in order and to others in any order, with repetitions. A
 * ledger that says that it does not know enough is told the row later, as it was at some moment between the change and
 * the end. Each must know what the rows say in the end, and none may give access that the latest it was told takes
 * away.
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

        assertThatAllIsKnown(history, history.told, false, random);
        assertThatAllIsKnown(history, shuffled, false, random);
    }

    @Property(seed = "22", tries = 1000)
    void whatIsSettledMakesNoDifference(@ForAll("histories") List<Step> steps, @ForAll Random random) {
        History history = new History(steps);
        List<CommittedState<String>> shuffled = new ArrayList<>(history.told);
        Collections.shuffle(shuffled, random);

        assertThatAllIsKnown(history, shuffled, true, random);
    }

    private static void assertThatAllIsKnown(
            History history, List<CommittedState<String>> told, boolean settles, Random random) {
        SessionLedger<String> ledger =
                new SessionLedger<>(START, LedgerFixture.sharing(SharedTimeout.of(Optional.of(TIMEOUT))));
        Teller teller = new Teller(history, ledger, settles);
        for (CommittedState<String> status : told) {
            teller.tell(status);
            if (random.nextInt(4) == 0) {
                teller.readRows(random);
            }
        }
        teller.readRowsAsTheyAreInTheEnd();

        assertThat(history.known(ledger)).as("told %s", told).isEqualTo(history.expected());
        List<Row> rows = history.expected().values().stream()
                .flatMap(Optional::stream)
                .map(Known::row)
                .toList();
        assertThat(ledger.size()).isEqualTo(rows.size());
        assertThat(ledger.locked()).isEqualTo(rows.stream().filter(Row::locked).count());
        assertThat(ledger.takePassed(START.plus(LIFE).plus(LIFE), ALL)).hasSize(rows.size());
    }

    /** Tells a ledger, and sees to it that it is told rows as well where it says that it knows too little. */
    private static final class Teller {
        private final History history;
        private final SessionLedger<String> ledger;
        private final boolean settles;
        private final Map<UUID, CommittedState<String>> latest = new HashMap<>();
        private final Map<UUID, Set<Long>> unread = new HashMap<>();
        private final Set<Long> come = new HashSet<>();
        private long settledUpTo;

        Teller(History history, SessionLedger<String> ledger, boolean settles) {
            this.history = history;
            this.ledger = ledger;
            this.settles = settles;
        }

        void tell(CommittedState<String> status) {
            if (apply(status)) {
                hasCome(Set.of(status.version()));
            } else {
                unread.computeIfAbsent(status.id(), id -> new TreeSet<>()).add(status.version());
            }
        }

        /**
         * Reads them at one moment, which may be before what the ledger was told since: it is told of some rows later.
         */
        void readRows(Random random) {
            for (UUID id : List.copyOf(unread.keySet())) {
                long last = Collections.max(unread.get(id));
                read(id, last + random.nextInt((int) (history.told.size() - last) + 1));
            }
        }

        void readRowsAsTheyAreInTheEnd() {
            List.copyOf(unread.keySet()).forEach(id -> read(id, history.told.size()));
            assertThat(unread).isEmpty();
        }

        private void read(UUID id, long moment) {
            if (apply(history.row(id, moment))) {
                hasCome(unread.remove(id));
            }
        }

        private boolean apply(CommittedState<String> status) {
            boolean applied = ledger.apply(status, NOW) != SessionLedger.Outcome.INCOMPLETE;
            CommittedState<String> last =
                    latest.merge(status.id(), status, (known, told) -> known.version() > told.version() ? known : told);
            boolean givesAccess = ledger.find(status.id())
                    .filter(session -> session.status(NOW) == SessionStatus.ACTIVE)
                    .isPresent();
            boolean mayGiveAccess = last instanceof CommittedState.Live<String> live && !live.isLocked();
            assertThat(givesAccess && !mayGiveAccess)
                    .as("access in spite of %s after %s", last, status)
                    .isFalse();
            return applied;
        }

        private void hasCome(Set<Long> versions) {
            come.addAll(versions);
            while (settles && come.contains(settledUpTo + 1)) {
                ledger.settled(++settledUpTo);
            }
        }
    }

    enum Kind {
        RENEW,
        LOCK,
        UNLOCK,
        USE,
        HOLD,
        REPLACE_PRINCIPAL,
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
        private final Map<UUID, TreeMap<Long, CommittedState<String>>> states = new HashMap<>();
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
                tell(Row.over(row.name(), version), Row.over(row.name(), version));
            } else if (gone[which]) {
                gone[which] = false;
                tell(which, row.renewed(version, nextToken(), end(step), START), true);
            } else if (step.kind() == Kind.LOCK) {
                rows[which] = row.locked(version);
                tell(Row.lock(row.name(), version), rows[which].whole());
            } else {
                tell(which, changed(row, step, version), step.kind() == Kind.REPLACE_PRINCIPAL);
            }
        }

        private Row changed(Row row, Step step, long version) {
            if (step.kind() == Kind.RENEW) {
                // Half of the former tokens are good still.
                return row.renewed(version, nextToken(), end(step), NOW.plusSeconds(step.amount() - 20L));
            }
            if (step.kind() == Kind.REPLACE_PRINCIPAL) {
                return row.withPrincipal(version, "principal since " + version);
            }
            if (step.kind() == Kind.HOLD && !row.locked()) {
                return row.held(version, NOW.plusSeconds(step.amount()));
            }
            return row.used(version, START.plusMillis(version), step.amount());
        }

        private void tell(int which, Row row, boolean whole) {
            rows[which] = row;
            tell(whole ? row.whole() : row.live(), row.whole());
        }

        private void tell(CommittedState<String> status, CommittedState<String> state) {
            told.add(status);
            states.computeIfAbsent(status.id(), id -> new TreeMap<>()).put(status.version(), state);
        }

        private static Instant end(Step step) {
            return START.plus(LIFE).plusSeconds(step.amount());
        }

        private String nextToken() {
            String token = "token" + tokens.size();
            tokens.add(token);
            return token;
        }

        /** What the row said once the change of that number was committed, for who reads it. */
        CommittedState<String> row(UUID id, long number) {
            return Objects.requireNonNull(states.get(id)).floorEntry(number).getValue();
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
