package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Knows what really happened in a simulation, and says what should not have. A use that a lost node granted, and that
 * was later than what stood in the row by more than the tolerance, is no fault: {@code lapse.activity.durability}
 * permits to lose it.
 */
final class Oracle {
    /** Clocks differ by no more from the true time. */
    static final Duration SKEW = Duration.ofMillis(400);

    /** A node hears of an end within its lease, or grants nothing. */
    private static final Duration HEARING = SimulatedNode.LEASE.plusMillis(400);

    private final SimulatedWorld world;
    private final Map<UUID, Map<SimulatedNode, Use>> uses = new HashMap<>();
    private final Map<UUID, Instant> endedAt = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private long granted;
    private long lapsed;

    Oracle(SimulatedWorld world) {
        this.world = world;
    }

    void used(UUID session, SimulatedNode node, Instant moment) {
        uses.computeIfAbsent(session, id -> new HashMap<>()).put(node, new Use(moment, world.now()));
    }

    /**
     * A use was granted.
     *
     * @param moment when, by the node's clock
     * @param asked when the call came; the answer may take longer
     */
    void granted(SimulatedDatabase.Row row, SimulatedNode node, Instant moment, Instant asked) {
        granted++;
        used(row.id, node, moment);
        Instant ended = endedAt.get(row.id);
        if (ended != null && asked.isAfter(ended.plus(HEARING))) {
            fault("granted after the end", row, node);
        }
    }

    void ended(UUID session) {
        if (endedAt.put(session, world.now()) != null) {
            faults.add(world.millis() + ": ended twice");
        }
    }

    void endsForInactivity(SimulatedDatabase.Row row, SimulatedNode by) {
        lapsed++;
        if (isStillInTime(row)) {
            fault("ended early", row, by);
        }
    }

    void refusedAsInactive(SimulatedDatabase.Row row, SimulatedNode by) {
        if (!row.ended && isStillInTime(row)) {
            fault("refused as inactive", row, by);
        }
    }

    void refusedAsEnded(SimulatedDatabase.Row row) {
        if (!row.ended) {
            faults.add(world.millis() + ": unknown, although it is alive");
        }
    }

    private boolean isStillInTime(SimulatedDatabase.Row row) {
        return uses.getOrDefault(row.id, Map.of()).entrySet().stream()
                .anyMatch(use -> isStillInTime(row, use.getKey(), use.getValue()));
    }

    private boolean isStillInTime(SimulatedDatabase.Row row, SimulatedNode node, Use use) {
        if (!node.dead && node.node.holdsLease()) {
            return node.clock.now().isBefore(use.moment.plus(SimulatedNode.TIMEOUT));
        }
        boolean covered = !use.moment.isAfter(row.lastActivity.plus(SimulatedNode.TOLERANCE));
        return covered
                && world.now()
                        .isBefore(use.trueMoment.plus(SimulatedNode.TIMEOUT).minus(SKEW.multipliedBy(2)));
    }

    private void fault(String what, SimulatedDatabase.Row row, SimulatedNode node) {
        faults.add(world.millis() + ": " + what + " by " + node.name + ", written "
                + Duration.between(SimulatedWorld.BEGIN, row.lastActivity).toMillis() + ", used " + usesOf(row));
    }

    private String usesOf(SimulatedDatabase.Row row) {
        return uses.getOrDefault(row.id, Map.of()).entrySet().stream()
                .filter(use -> isStillInTime(row, use.getKey(), use.getValue()))
                .map(use -> Duration.between(SimulatedWorld.BEGIN, use.getValue().moment)
                                .toMillis()
                        + " by " + use.getKey().name + (use.getKey().dead ? ", which was lost" : ""))
                .toList()
                .toString();
    }

    void fault(String what) {
        faults.add(world.millis() + ": " + what);
    }

    List<String> faults() {
        return faults;
    }

    /** How many uses were granted. */
    long grantedUses() {
        return granted;
    }

    /** How many sessions inactivity has ended. */
    long lapsedSessions() {
        return lapsed;
    }

    private record Use(Instant moment, Instant trueMoment) {}
}
