package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.ActivityBacklog;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.PassedDeadline;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.SessionStatus;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.nodes.ClusterSettings;
import org.lapse.sessions.nodes.SimulatedNodeRows;
import org.lapse.sessions.nodes.ThisNode;

/**
 * One life of a node in a simulation: the ledger, the backlog, the writer, the enforcement of deadlines and this node's
 * place among the others are those that run in production. Only what SQL does is done by {@link SimulatedDatabase}.
 */
public final class SimulatedNode {
    static final Duration TIMEOUT = Duration.ofSeconds(6);
    static final Duration TOLERANCE = Duration.ofSeconds(1);
    static final Duration LEASE = Duration.ofSeconds(1);

    private static final ApiCall CALL = new ApiCall("GET", "/");
    private static final Duration LIFE = Duration.ofDays(1);
    private static final SessionPrincipal DESK =
            new SessionPrincipal(new UUID(1, 1), "desk", null, "desk", Entitlements.NONE, "");

    final String name;
    final ThisNode node;
    final WallClock clock;
    final MonotonicClock monotonic;
    final SessionLedger<SessionPrincipal> ledger;
    final LedgerProjection projection;
    final ActivityWriter writer;
    final DeadlineEnforcement enforcement;

    private final SimulatedWorld world;
    private final SimulatedDatabase database;
    private final Oracle oracle;
    private final Set<Rule> without;
    private final ChangeNumbers numbers;
    private final ActivityRecorder uses;
    private final LaterUses laterUses;
    boolean dead;
    long pausedUntil;

    /** The rules of the protocol, each of which may be left out to see what it is good for. */
    public enum Rule {
        /** The row is looked at before anybody is told that a session has lapsed. */
        ASK,
        /** Nobody is ended before every other node has closed. */
        WAIT_FOR_OTHERS,
        /** What others take for lapsed is written down before this node says that it has closed. */
        WRITE_BEFORE_CLOSING,
        /** What a lost node may have granted counts. */
        COUNT_LOST_USES,
        /** A node whose lease is over grants nothing. */
        LEASE,
        /** What others changed is read. */
        READ_CHANGES
    }

    SimulatedNode(
            String name,
            SimulatedWorld world,
            SimulatedDatabase database,
            SimulatedNodeRows nodes,
            Oracle oracle,
            Duration skew,
            Set<Rule> without) {
        this.name = name;
        this.world = world;
        this.database = database;
        this.oracle = oracle;
        this.without = without;
        this.clock = new WallClock() {
            @Override
            public Instant now() {
                return world.now().plus(skew);
            }
        };
        this.monotonic = new MonotonicClock() {
            @Override
            public long nanos() {
                return world.millis() * 1_000_000;
            }

            @Override
            public void pause(Duration time) {
                world.run(time);
                checkAlive();
            }
        };
        ClusterSettings settings = new ClusterSettings(
                true,
                Optional.of(name),
                LEASE,
                Duration.ofMillis(100),
                without.contains(Rule.LEASE) ? "grant" : "refuse",
                Duration.ofSeconds(1));
        this.node = nodes.node(
                settings,
                clock,
                monotonic,
                this::call,
                !without.contains(Rule.WAIT_FOR_OTHERS),
                !without.contains(Rule.COUNT_LOST_USES));
        SharedTimeout timeout = SharedTimeout.of(Optional.of(TIMEOUT));
        this.ledger = SessionLedger.besideOthers(clock.now(), new SessionPrincipals<>() {
            @Override
            public SessionPrincipal latest(SessionPrincipal principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(SessionPrincipal principal) {
                return timeout;
            }
        });
        this.numbers = numbers();
        WriteTolerance tolerance = new WriteTolerance(TOLERANCE);
        ActivityBacklog<SessionPrincipal> backlog = new ActivityBacklog<>(tolerance.worthWriting());
        ActivityDurability durability = new ActivityDurability("relaxed", tolerance) {
            @Override
            void awaitWritten(LiveSession<SessionPrincipal> session, Instant moment, boolean guessed) {
                if (guessed) { // the one thread of the simulation cannot wait for the writer's next turn
                    writer().writeBacklog(() -> {});
                }
            }
        };
        this.projection = new Projection(tolerance);
        Lapses lapses = new Statements(tolerance);
        this.writer = new ActivityWriter(lapses, ledger, backlog, durability) {
            @Override
            public void write(List<LiveSession<SessionPrincipal>> sessions) {
                if (!without.contains(Rule.WRITE_BEFORE_CLOSING)) {
                    super.write(sessions);
                }
            }
        };
        this.uses = new ActivityRecorder(backlog, durability, new RecentActivity());
        this.laterUses = new LaterUses(node, lapses, ledger, clock, monotonic);
        this.enforcement = enforcement(lapses);
    }

    @SuppressWarnings("NullAway") // the numbers come from the simulated database
    private static ChangeNumbers numbers() {
        return new ChangeNumbers(null);
    }

    @SuppressWarnings("NullAway") // no session has a user, so no rule is asked whether it is locked
    private DeadlineEnforcement enforcement(Lapses lapses) {
        return new DeadlineEnforcement(lapses, ledger, null, node, laterUses);
    }

    /** A statement of this node; the process may be stopped or killed meanwhile. */
    private void call() {
        database.call();
        checkAlive();
    }

    private void checkAlive() {
        while (!dead && world.millis() < pausedUntil) {
            world.run(Duration.ofMillis(pausedUntil - world.millis()));
        }
        if (dead) {
            throw new Killed();
        }
    }

    private ActivityWriter writer() {
        return writer;
    }

    boolean isPaused() {
        return world.millis() < pausedUntil;
    }

    /** Reads the sessions back, as a node does that starts. */
    void readBack() {
        call();
        node.prepareToJoin();
        numbers.startAfter(database.highestNumber(), clock.now());
        for (SimulatedDatabase.Row row : database.rows.values()) {
            if (!row.ended) {
                ledger.apply(row.state(), Instant.MIN);
            }
        }
    }

    /** Somebody opens a session here. */
    void open() {
        call();
        SimulatedDatabase.Row row = new SimulatedDatabase.Row(
                new UUID(world.random().nextLong(), world.random().nextLong()),
                DESK,
                clock.now(),
                clock.now().plus(LIFE),
                database.nextNumber());
        database.rows.put(row.id, row);
        oracle.used(row.id, this, row.lastActivity);
        tell(row);
    }

    /** The ledger follows what this node has committed, unless it was stopped in between. */
    private void tell(SimulatedDatabase.Row row) {
        if (world.random().nextInt(20) > 0 && numbers.begin(row.version, clock.now())) {
            ledger.apply(row.state(), clock.now());
            numbers.followed(row.version);
        }
    }

    /** An administrator ends a session here. */
    void end(SimulatedDatabase.Row row) {
        call();
        if (!row.ended) {
            finish(row);
        }
    }

    private void finish(SimulatedDatabase.Row row) {
        row.ended = true;
        row.version = database.nextNumber();
        oracle.ended(row.id);
        tell(row);
    }

    /** A call comes with the token of a session. */
    void use(SimulatedDatabase.Row row) {
        Instant now = clock.now();
        Instant asked = world.now();
        if (!node.mayGrant()) {
            return;
        }
        Optional<LiveSession<SessionPrincipal>> found = ledger.find(row.token, now);
        if (found.isEmpty()) {
            call();
            ledger.apply(projection.asPossiblyUsed(row.state()), clock.now());
            found = ledger.find(row.token, now);
        }
        if (found.isEmpty()) {
            oracle.refusedAsEnded(row);
            return;
        }
        LiveSession<SessionPrincipal> session = found.get();
        SessionStatus status = session.status(now);
        if (status == SessionStatus.INACTIVE && !without.contains(Rule.ASK)) {
            if (world.isNested()) {
                return; // it would wait for what waits for it
            }
            try {
                status = laterUses.statusOf(session, now);
            } catch (ApiException undecided) {
                return;
            }
        }
        if (status == SessionStatus.ACTIVE && uses.reset(session, CALL, now)) {
            oracle.granted(row, this, now, asked);
        } else if (status == SessionStatus.INACTIVE) {
            oracle.refusedAsInactive(row, this);
        }
    }

    /** What this node knows is what the rows say. */
    boolean agreesWith(SimulatedDatabase.Row row) {
        return row.ended == ledger.find(row.id).isEmpty();
    }

    /** The process is gone. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("The node was killed", null, false, false);
        }
    }

    /** Reads rows instead of asking the database. */
    private final class Projection extends LedgerProjection {
        @SuppressWarnings("NullAway") // nothing else of it is used
        Projection(WriteTolerance tolerance) {
            super(ledger, null, numbers, null, null, null, clock, node, tolerance, null, null);
        }

        @Override
        public int catchUp(Instant now) {
            call();
            if (without.contains(Rule.READ_CHANGES)) {
                return 0;
            }
            List<Long> missing = numbers.missing(database.highestNumber(), now);
            List<SimulatedDatabase.Row> found = database.changedBy(missing);
            for (SimulatedDatabase.Row row : found) {
                ledger.apply(asPossiblyUsed(row.state()), now);
                numbers.followed(row.version);
            }
            numbers.lookedFor(now);
            return found.size();
        }

        @Override
        void followRows(Collection<UUID> sessionIds, Instant now) {
            call();
            for (UUID id : sessionIds) {
                SimulatedDatabase.Row row = database.rows.get(id);
                if (row != null) {
                    ledger.apply(asPossiblyUsed(row.state()), now);
                }
            }
        }
    }

    /** What {@link SessionBatches} does in SQL, a transaction at one moment. */
    private final class Statements extends Lapses {
        private final WriteTolerance tolerance;

        @SuppressWarnings("NullAway") // nothing of the batches is used
        Statements(WriteTolerance tolerance) {
            super(null, projection);
            this.tolerance = tolerance;
        }

        @Override
        List<PassedDeadline<SessionPrincipal>> endInactive(List<PassedDeadline<SessionPrincipal>> due, Instant now) {
            call();
            List<PassedDeadline<SessionPrincipal>> ended = new ArrayList<>();
            for (PassedDeadline<SessionPrincipal> one : due) {
                SimulatedDatabase.Row row = database.rows.get(one.session().id());
                Instant known = one.lastActivity().plusMillis(1);
                if (row != null
                        && !row.ended
                        && node.lastKnown()
                                .latestPossibleUse(row.lastActivity, tolerance.whole())
                                .isBefore(known)) {
                    oracle.endsForInactivity(row, SimulatedNode.this);
                    finish(row);
                    ended.add(one);
                }
            }
            return ended;
        }

        @Override
        void writeActivity(Map<LiveSession<SessionPrincipal>, Instant> activity) {
            call();
            activity.forEach((session, moment) -> {
                SimulatedDatabase.Row row = database.rows.get(session.id());
                if (row != null && !row.ended && row.lastActivity.isBefore(moment)) {
                    row.lastActivity = moment;
                }
            });
        }
    }
}
