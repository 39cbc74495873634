package org.lapse.insight.keepalive;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.nodes.ThisNode;
import org.lapse.sessions.session.ActivitySources;
import org.lapse.sessions.session.EffectivePolicy;
import org.lapse.sessions.session.RecentActivity;
import org.lapse.sessions.session.SessionPrincipal;

/** Watches the sessions of this node, and counts by which calls they live. */
@Singleton
class KeepAlive {
    /** The length of a quarter of an hour, by which is counted. */
    static final Duration QUARTER = Duration.ofMinutes(15);

    private static final int MOST_SESSIONS = 20_000;
    private static final int MOST_KEYS = 2000;
    private static final int LONGEST_NAME = 250;
    private static final String HEARTBEAT = "POST api/v2/tokens/me/activity";
    private static final String OTHER = "other";

    private final RecentActivity recent;
    private final SessionLedger<SessionPrincipal> ledger;
    private final CallCounts counts;
    private final ThisNode node;

    private final Map<UUID, WatchedSession> sessions = new HashMap<>();
    private final Set<CallTally.Key> ofThisQuarter = new HashSet<>();
    private Map<CallTally.Key, CallTally> tallies = new HashMap<>();
    private Instant quarter = Instant.MIN;

    @Inject
    KeepAlive(RecentActivity recent, SessionLedger<SessionPrincipal> ledger, CallCounts counts, ThisNode node) {
        this.recent = recent;
        this.ledger = ledger;
        this.counts = counts;
        this.node = node;
    }

    /** Counts what has come since the last turn. */
    synchronized void count() {
        if (!node.isAlone()) {
            sessions.forEach((id, watched) -> ledger.find(id)
                    .ifPresent(session -> watched.usedElsewhere(
                            session.lastUse(),
                            isHeartbeat(session.lastUse()),
                            session.lastActivity().toEpochMilli())));
        }
        recent.read(this::count);
    }

    private void count(LiveSession<SessionPrincipal> session, Instant moment, int use) {
        long at = moment.toEpochMilli();
        WatchedSession watched = watch(session, at);
        if (watched == null) {
            tally(session, moment, use).reset(false, 0);
            return;
        }
        WatchedSession.Effect effect = watched.used(
                use,
                isHeartbeat(use),
                at,
                EffectivePolicy.of(session)
                        .decision()
                        .timeout()
                        .map(InactivityTimeout::duration)
                        .map(Duration::toMillis)
                        .orElse(Long.MAX_VALUE),
                session.heldUntil().map(Instant::toEpochMilli).orElse(0L));
        tally(session, moment, use).reset(effect.unattended(), effect.interval());
        effect.kept().forEach(call -> tally(session, moment, call).kept());
        effect.keptAlone().forEach(call -> tally(session, moment, call).keptAlone());
    }

    private @Nullable WatchedSession watch(LiveSession<SessionPrincipal> session, long at) {
        UUID id = session.id();
        WatchedSession known = sessions.get(id);
        if (known == null && sessions.size() < MOST_SESSIONS) {
            known = new WatchedSession(at);
            sessions.put(id, known);
        }
        return known;
    }

    private CallTally tally(LiveSession<SessionPrincipal> session, Instant moment, int use) {
        Instant from = Instant.ofEpochSecond(
                Math.floorDiv(moment.getEpochSecond(), QUARTER.toSeconds()) * QUARTER.toSeconds());
        if (from.isAfter(quarter)) {
            quarter = from;
            ofThisQuarter.clear();
        }
        SessionPrincipal principal = session.principal();
        CallTally.Key key = new CallTally.Key(from, principal.organizationId(), principal.applicationId(), nameOf(use));
        if (!ofThisQuarter.contains(key)) {
            if (ofThisQuarter.size() < MOST_KEYS) {
                ofThisQuarter.add(key);
            } else {
                key = key.other();
            }
        }
        return tallies.computeIfAbsent(key, unknown -> new CallTally());
    }

    private static String nameOf(int use) {
        return ActivitySources.OF_THIS_SERVER
                .nameOf(use)
                .filter(name -> name.length() <= LONGEST_NAME
                        && name.chars().allMatch(character -> character >= ' ' && character <= '~'))
                .orElse(OTHER);
    }

    private static boolean isHeartbeat(int use) {
        return nameOf(use).equals(HEARTBEAT);
    }

    /** Writes the counts down, and forgets the sessions that are over. What cannot be written waits for the next time. */
    void write() {
        Map<CallTally.Key, CallTally> counted = take();
        boolean written = false;
        try {
            counts.add(counted);
            written = true;
        } finally {
            if (!written) {
                putBack(counted);
            }
        }
    }

    private synchronized Map<CallTally.Key, CallTally> take() {
        Map<CallTally.Key, CallTally> taken = tallies;
        tallies = new HashMap<>();
        sessions.keySet().removeIf(id -> ledger.find(id).isEmpty());
        return taken;
    }

    private synchronized void putBack(Map<CallTally.Key, CallTally> counted) {
        if (tallies.size() < MOST_KEYS) {
            counted.forEach((key, tally) ->
                    tallies.computeIfAbsent(key, unknown -> new CallTally()).add(tally));
        }
    }

    /** What this node has seen of the calls of a session; empty where it does not watch it. */
    synchronized Optional<Seen> seen(LiveSession<SessionPrincipal> session) {
        return Optional.ofNullable(sessions.get(session.id()))
                .map(watched -> new Seen(
                        Instant.ofEpochMilli(watched.personAt()),
                        watched.calls().stream()
                                .map(one -> new SeenCall(
                                        nameOf(one.call()),
                                        one.resets(),
                                        Instant.ofEpochMilli(one.last()),
                                        one.isMachine()
                                                ? Optional.of(Duration.ofMillis(one.interval()))
                                                : Optional.empty()))
                                .toList()));
    }

    /**
     * What was seen of a session.
     *
     * @param personAt when a person used it last, as far as that can be told
     * @param calls its calls, 8 at most, without heartbeats
     */
    record Seen(Instant personAt, List<SeenCall> calls) {}

    /**
     * What was seen of a call in a session.
     *
     * @param resets how often it reset the timer
     * @param last when it did so last
     * @param interval after how long it comes over and over; empty where it does not
     */
    record SeenCall(String call, long resets, Instant last, Optional<Duration> interval) {}
}
