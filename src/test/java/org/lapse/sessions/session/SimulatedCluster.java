package org.lapse.sessions.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.lapse.sessions.expiry.SimulatedTurns;
import org.lapse.sessions.nodes.SimulatedNodeRows;

/**
 * Three nodes on one database, with people who use sessions at any of them, and what may go wrong: nodes are stopped and
 * go on, are killed and start again, or leave in order; the database is out of reach; clocks differ.
 */
final class SimulatedCluster {
    private static final int NODES = 3;
    private static final int SESSIONS = 6;
    private static final Duration TROUBLE = Duration.ofSeconds(40);

    private final SimulatedWorld world;
    private final Random random;
    private final SimulatedDatabase database;
    private final SimulatedNodeRows nodeRows;
    private final Oracle oracle;
    private final Set<SimulatedNode.Rule> without;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private boolean healing;
    private int lives;

    SimulatedCluster(long seed, Set<SimulatedNode.Rule> without) {
        this.world = new SimulatedWorld(seed);
        this.random = world.random();
        this.database = new SimulatedDatabase(world);
        this.nodeRows = new SimulatedNodeRows(world::now);
        this.oracle = new Oracle(world);
        this.without = without;
    }

    /** Runs it, and answers what went wrong. */
    Oracle run() {
        for (int place = 0; place < NODES; place++) {
            nodes.add(startedNode());
        }
        for (int session = 0; session < SESSIONS; session++) {
            world.after(random.nextInt(1000), this::openSomewhere);
        }
        world.after(random.nextInt(8000), this::trouble);
        world.after(random.nextInt(8000), this::endSomething);
        world.run(TROUBLE);
        heal();
        return oracle;
    }

    private void heal() {
        healing = true;
        database.setReachable(true);
        world.run(SimulatedNode.TIMEOUT.plus(SimulatedNode.TIMEOUT).plusSeconds(4));
        for (SimulatedDatabase.Row row : database.rows.values()) {
            if (!row.ended) {
                oracle.fault("never ended");
            }
            for (SimulatedNode node : nodes) {
                if (!node.dead && !node.agreesWith(row)) {
                    oracle.fault(node.name + " does not agree with a row");
                }
            }
        }
    }

    private SimulatedNode startedNode() {
        Duration skew = Duration.ofMillis(random.nextInt(801) - 400);
        SimulatedNode node = new SimulatedNode("node" + lives++, world, database, nodeRows, oracle, skew, without);
        SimulatedTurns turns =
                SimulatedTurns.of(node.projection, node.ledger, node.writer, node.node, node.clock, node.monotonic);
        world.after(0, () -> start(node, turns));
        return node;
    }

    private void start(SimulatedNode node, SimulatedTurns turns) {
        try {
            node.readBack();
            turns.membership().join();
        } catch (SimulatedDatabase.OutOfReach e) {
            world.after(500, () -> start(node, turns));
            return;
        } catch (SimulatedNode.Killed e) {
            return;
        }
        every(node, 100, turns.closing()::turn);
        every(node, 100, () -> {
            while (node.enforcement.settle(node.clock.now())) {
                // as long as there may be more
            }
        });
        every(node, 50, () -> node.writer.writeBacklog(() -> {}));
        every(node, SimulatedNode.LEASE.toMillis() / 6, turns.membership()::renew);
        leaveSometime(node, turns);
    }

    private void every(SimulatedNode node, long period, Runnable task) {
        world.after(random.nextInt((int) period), () -> turn(node, period, task));
    }

    private void turn(SimulatedNode node, long period, Runnable task) {
        if (node.dead) {
            return;
        }
        if (node.isPaused()) {
            world.after(node.pausedUntil - world.millis() + random.nextInt(20), () -> turn(node, period, task));
            return;
        }
        try {
            task.run();
        } catch (SimulatedDatabase.OutOfReach e) {
            // the next turn tries again
        } catch (SimulatedNode.Killed e) {
            return;
        }
        world.after(period, () -> turn(node, period, task));
    }

    private void leaveSometime(SimulatedNode node, SimulatedTurns turns) {
        world.after(5000 + random.nextInt(60_000), () -> {
            if (!node.dead && !node.isPaused() && !healing) {
                attempt(node, turns.membership()::leave);
                replace(node);
            }
        });
    }

    private void openSomewhere() {
        SimulatedNode node = somewhere();
        int before = database.rows.size();
        attempt(node, node::open);
        if (database.rows.size() > before) {
            SimulatedDatabase.Row opened = List.copyOf(database.rows.values()).get(before);
            world.after(gap(), () -> useSomewhere(opened));
        } else {
            world.after(200, this::openSomewhere);
        }
    }

    private void useSomewhere(SimulatedDatabase.Row row) {
        if (healing) {
            return;
        }
        SimulatedNode node = somewhere();
        attempt(node, () -> node.use(row));
        if (row.ended && random.nextInt(3) == 0) {
            world.after(random.nextInt(500), this::openSomewhere);
        } else {
            world.after(gap(), () -> useSomewhere(row));
        }
    }

    /** People call often, or now and then, or just about when their session would lapse. */
    private long gap() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> random.nextInt(800);
            case 4, 5, 6 -> SimulatedNode.TIMEOUT.toMillis() - 600 + random.nextInt(1200);
            default -> random.nextInt(5000);
        };
    }

    private void endSomething() {
        List<SimulatedDatabase.Row> live =
                database.rows.values().stream().filter(row -> !row.ended).toList();
        if (!live.isEmpty() && !healing) {
            SimulatedNode node = somewhere();
            attempt(node, () -> node.end(live.get(random.nextInt(live.size()))));
        }
        world.after(random.nextInt(12_000), this::endSomething);
    }

    private void trouble() {
        if (healing) {
            return;
        }
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(4)) {
            case 0, 1 -> node.pausedUntil = world.millis() + random.nextInt(4000);
            case 2 -> replace(node);
            default -> {
                database.setReachable(false);
                world.after(random.nextInt(3000), () -> database.setReachable(true));
            }
        }
        world.after(random.nextInt(8000), this::trouble);
    }

    /** It is gone, and some time later another one is there. */
    private void replace(SimulatedNode node) {
        int place = nodes.indexOf(node);
        if (node.dead || place < 0) {
            return;
        }
        node.dead = true;
        world.after(random.nextInt(3000), () -> nodes.set(place, startedNode()));
    }

    private SimulatedNode somewhere() {
        return nodes.get(random.nextInt(nodes.size()));
    }

    private static void attempt(SimulatedNode node, Runnable work) {
        if (node.dead || node.isPaused()) {
            return;
        }
        try {
            work.run();
        } catch (SimulatedDatabase.OutOfReach | SimulatedNode.Killed e) {
            // the caller gets a 503, or nothing
        }
    }
}
