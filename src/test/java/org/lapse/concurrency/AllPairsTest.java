package org.lapse.concurrency;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;

/** Every two use cases on one session, in every order of their commits and of what the ledger is told of them. */
@OnBothDatabases(configuration = {World.TIMEOUT_MINIMUM, World.CODE_LIFETIME, World.REFRESH_LIFETIME})
class AllPairsTest {
    /** The first commits before the second; then who began when, and who is followed by the ledger first. */
    private static final List<String> WORDS = List.of("AABBBA", "ABABBA", "ABAABB", "AABABB");

    /** Which pairs are wanted, as a pattern for the names of the two with a space between. */
    private static final String ONLY = System.getProperty("lapse.pairs", ".*");

    private final World world;

    AllPairsTest(LapseInJavaSE lapse) {
        this.world = new World(lapse);
    }

    @TestFactory
    Stream<DynamicTest> everyTwoLeaveLedgerAndRowsTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (UseCase first : UseCase.values()) {
            for (UseCase second : UseCase.values()) {
                if (first.fits(second) && (first + " " + second).matches(ONLY)) {
                    tests.add(DynamicTest.dynamicTest(first + " before " + second, () -> play(List.of(first, second))));
                }
            }
        }
        return tests.stream();
    }

    private void play(List<UseCase> cases) throws SQLException {
        for (String word : WORDS) {
            Scene scene = new Scene(world, cases);
            try (Turns turns = new Turns(scene, world.lapse().strands(), cases, Turns.Stops.AROUND_THE_CHANGE)) {
                turns.play(word);
                scene.check(turns.players());
            } catch (AssertionError e) {
                throw new AssertionError(cases + " in the order " + word + ": " + e.getMessage(), e);
            } finally {
                scene.clear();
            }
        }
    }
}
