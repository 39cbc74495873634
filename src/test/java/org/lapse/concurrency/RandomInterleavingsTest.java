package org.lapse.concurrency;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.lapse.middle.Database;
import org.lapse.middle.LapseInJavaSE;

/** Three or four use cases on one session, which stop at every boundary and go on in any order. */
class RandomInterleavingsTest {
    /** No new scene is begun after so long, whatever the machine is busy with besides. */
    private static final Duration LONGEST = Duration.ofSeconds(Integer.getInteger("lapse.interleavings.seconds", 5));

    @Property(tries = 1, shrinking = ShrinkingMode.OFF)
    void theyLeaveLedgerAndRowsTheSame(@ForAll("manyPlays") List<Play> plays) throws SQLException {
        String only = System.getProperty("lapse.middle.database", "");
        for (Database database : Database.values()) {
            if (only.isEmpty() || database.name().equalsIgnoreCase(only)) {
                playOn(database, plays);
            }
        }
    }

    private static void playOn(Database database, List<Play> plays) throws SQLException {
        Map<String, String> configuration = Stream.of(
                        World.TIMEOUT_MINIMUM, World.CODE_LIFETIME, World.REFRESH_LIFETIME, World.SESSION_LIMIT)
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
        try (LapseInJavaSE lapse = LapseInJavaSE.start(database, configuration)) {
            World world = new World(lapse);
            long end = System.nanoTime() + LONGEST.toNanos();
            for (Play play : plays) {
                if (System.nanoTime() > end) {
                    return;
                }
                play.on(world, database);
            }
        }
    }

    @Provide
    Arbitrary<List<Play>> manyPlays() {
        Arbitrary<List<UseCase>> cases = Arbitraries.of(UseCase.class)
                .list()
                .ofMinSize(3)
                .ofMaxSize(4)
                .filter(all -> !all.contains(UseCase.LAPSE) || !all.contains(UseCase.LAPSE_INTO_LOCK));
        Arbitrary<List<Integer>> turns =
                Arbitraries.integers().between(0, 3).list().ofMinSize(6).ofMaxSize(16);
        return Combinators.combine(cases, turns).as(Play::new).list().ofSize(1000);
    }

    /**
     * What is played.
     *
     * @param cases the use cases
     * @param turns whose turn it is, by the places of the use cases
     */
    record Play(List<UseCase> cases, List<Integer> turns) {
        void on(World world, Database database) throws SQLException {
            Scene scene = new Scene(world, cases);
            try (Turns played = new Turns(scene, world.lapse().strands(), cases, Turns.Stops.EVERYWHERE)) {
                turns.forEach(turn -> played.turn(played.players().get(turn % cases.size())));
                played.finish();
                scene.check(played.players());
            } catch (AssertionError e) {
                throw new AssertionError(this + " on " + database + ": " + e.getMessage(), e);
            } finally {
                scene.clear();
            }
        }
    }
}
