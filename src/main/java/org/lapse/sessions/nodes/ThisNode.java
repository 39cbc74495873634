package org.lapse.sessions.nodes;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.clock.MonotonicClock;
import org.lapse.platform.clock.WallClock;

/**
 * This node among the others: it joins and leaves, renews its lease, says up to when it has closed, and reads what the
 * others say. A node that is alone does none of it, and may always grant access.
 */
@Singleton
public class ThisNode {
    private static final Logger LOG = Logger.getLogger(ThisNode.class.getName());

    private final ClusterSettings settings;
    private final NodeRows rows;
    private final WallClock clock;
    private final NodeLease lease;
    private final Instant startedAt;
    private final boolean alone;
    private volatile @Nullable UUID id;
    private volatile OtherNodes known;
    private volatile long followedAt;
    private volatile Duration lag = Duration.ZERO;

    /** What was changed before that moment, by this node's clock, it has followed while it held its lease. */
    private volatile Instant followedUntil;

    private volatile @Nullable String hindrance;

    @Inject
    ThisNode(ClusterSettings settings, NodeRows rows, WallClock clock, MonotonicClock monotonic) {
        this.settings = settings;
        this.rows = rows;
        this.clock = clock;
        this.lease = new NodeLease(monotonic);
        this.startedAt = clock.now();
        this.followedUntil = startedAt;
        this.alone = !settings.isEnabled();
        this.known = alone ? OtherNodes.NONE : OtherNodes.UNREAD;
    }

    /** Whether no other node may share the database. */
    public boolean isAlone() {
        return alone;
    }

    /** Whether a call may pass that was looked at before this is asked. */
    public boolean mayGrant() {
        return alone || lease.isHeld() || settings.grantsWithoutDatabase();
    }

    /** Whether this node holds its lease; a node that is alone needs none. */
    public boolean holdsLease() {
        return alone || lease.isHeld();
    }

    /**
     * Until when the rules that this node knows held for certain. While it has its lease, what it hears of has just
     * been changed; where it was cut off, that may have been at any time since.
     *
     * @param now the present moment
     */
    public Instant knewRulesUntil(Instant now) {
        return holdsLease() || now.isBefore(followedUntil) ? now : followedUntil;
    }

    /** Why this node has no lease, in one sentence; empty where it has one, or was never without. */
    public Optional<String> hindrance() {
        return Optional.ofNullable(hindrance);
    }

    /** What this node is called: {@code lapse.cluster.node}, or its machine's name. */
    public String name() {
        return settings.name();
    }

    /** The version of Lapse that it runs. */
    public String version() {
        return LapseVersion.PRESENT;
    }

    /** How long it last took to read what the others had changed; zero for a node that is alone. */
    public Duration lag() {
        return lag;
    }

    /** How long a node may grant access after it last reached the database. */
    public Duration lease() {
        return settings.lease();
    }

    /**
     * Says that this node is alone, before it reads the sessions back.
     *
     * @return whether all activity stands in the database: no node was killed before
     * @throws IllegalStateException if another node holds a lease
     */
    public boolean startAlone() {
        if (rows.all().stream().anyMatch(node -> node.leaseUntil() != null && node.holdsLease())) {
            throw new IllegalStateException("Other nodes use this database: set lapse.cluster.enabled on each of them");
        }
        NodeState node = newNode(clock.now());
        boolean left = rows.beAlone(node);
        id = node.id();
        return !left;
    }

    /**
     * Sees to it that this node can join others, before it reads the sessions back.
     *
     * @throws IllegalStateException if the database is for one node, or the clocks differ too much
     */
    public void prepareToJoin() {
        if (!rows.canBeShared()) {
            throw new IllegalStateException("lapse.cluster.enabled needs PostgreSQL: H2 is for one node");
        }
        if (!isClockRight()) {
            throw new IllegalStateException("This node cannot join the others. " + hindrance);
        }
        rows.loseThoseAlone();
    }

    /** Whether this node's clock differs from the database's by no more than it may. */
    public boolean isClockRight() {
        Instant asked = trueTime();
        return isClockRight(asked, rows.now());
    }

    /** This node's clock, as far as no test or demonstration has put it forward. */
    private Instant trueTime() {
        return clock.now().minus(clock.ahead());
    }

    /** The database said its time between the question and now, however long that took. */
    private boolean isClockRight(Instant asked, Instant databaseNow) {
        Duration ahead = databaseNow.isBefore(asked)
                ? Duration.between(databaseNow, asked)
                : Duration.between(databaseNow, earlier(databaseNow, trueTime()));
        if (ahead.abs().compareTo(settings.clockSkew()) <= 0) {
            return true;
        }
        lose("Its clock is " + (ahead.isNegative() ? "behind" : "ahead of")
                + " the database's by more than lapse.cluster.clock-skew.");
        return false;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /**
     * Joins the others in a new life: from now on none of them ends what this node may be used for. It has written down
     * all that it knows from its life before. It grants access once it has read what was committed meanwhile, and calls
     * {@link #serve}.
     *
     * @param closedUntil the moment up to which it has closed meanwhile
     * @param keptLost how long a node that was lost may still matter
     * @return the moment of the monotonic clock from which the lease counts, for {@link #serve}
     */
    public long join(Instant closedUntil, Duration keptLost) {
        NodeState node = newNode(closedUntil);
        long sentAt = lease.now();
        rows.join(node, id, settings.lease(), keptLost);
        id = node.id();
        return sentAt;
    }

    /** Grants access from now on, for as long as the lease lasts. */
    public void serve(long sentAt) {
        followedAt = sentAt;
        lease.hold(sentAt, settings.lease());
        if (hindrance != null) {
            hindrance = null;
            LOG.log(Level.INFO, "This node grants access again");
        }
    }

    private NodeState newNode(Instant closedUntil) {
        return new NodeState(
                UUID.randomUUID(),
                settings.name(),
                LapseVersion.PRESENT,
                startedAt,
                clock.now(),
                null,
                true,
                closedUntil,
                0);
    }

    /**
     * Renews the lease.
     *
     * @return false where it is over: this node has to join anew
     */
    public boolean renew() {
        UUID self = id;
        long sentAt = lease.now();
        Instant asked = trueTime();
        boolean held = lease.isHeld();
        Optional<Instant> databaseNow = self == null ? Optional.empty() : rows.renew(self, settings.lease());
        if (!held || databaseNow.isEmpty()) {
            lose("Its lease was over before it could be renewed.");
            return false;
        }
        if (!isClockRight(asked, databaseNow.get())) {
            return false;
        }
        // A node that reaches the database and cannot read what others changed must not go on for longer either.
        long since = followedAt - sentAt < 0 ? followedAt : sentAt;
        lease.hold(since, settings.lease());
        return true;
    }

    private void lose(String why) {
        lease.lose();
        if (hindrance == null) {
            LOG.log(Level.WARNING, () -> "This node grants no access. " + why);
        }
        hindrance = why;
    }

    /**
     * Says that this node has closed up to a moment, and reads what the others say.
     *
     * @param moment no use before is known to this node alone that could save a session, and none is granted any more
     * @param begunAt since when it has read what others changed, by the monotonic clock, in nanoseconds
     * @param lag how long the reading took
     */
    public OtherNodes close(Instant moment, long begunAt, Duration lag) {
        followedAt = begunAt;
        this.lag = lag;
        followedUntil = moment;
        UUID self = id;
        Instant readAt = clock.now();
        List<NodeState> read = self == null ? rows.all() : rows.close(self, moment, lag.toMillis());
        return know(OtherNodes.of(read, self, readAt, settings.clockSkew()));
    }

    /** What the others say now. */
    public OtherNodes others() {
        if (alone) {
            return OtherNodes.NONE;
        }
        Instant readAt = clock.now();
        return know(OtherNodes.of(rows.all(), id, readAt, settings.clockSkew()));
    }

    /** What the others said when they were last read. */
    public OtherNodes lastKnown() {
        return known;
    }

    private OtherNodes know(OtherNodes read) {
        known = read;
        return read;
    }

    /** Grants nothing any more, because this node is about to stop. */
    public void refuse() {
        if (!alone) {
            hindrance = "It is being stopped.";
            lease.lose();
        }
    }

    /** Leaves the others in peace: all activity that this node knew stands in the database. */
    public void leave() {
        UUID self = id;
        if (self != null) {
            rows.remove(self);
            id = null;
        }
    }

    /** All nodes that use the database, this one among them. */
    public List<NodeState> all() {
        return rows.all();
    }

    /** Whether that is the present life of this node. */
    public boolean is(NodeState node) {
        return node.id().equals(id);
    }
}
