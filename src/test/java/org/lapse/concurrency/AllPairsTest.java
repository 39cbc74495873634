package org.lapse.concurrency;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;

/**
 * Every two use cases on one session, in the orders of their commits and of what the ledger is told of them.
 *
 * <p>There are 20 words of three turns for each. A normal run plays one of {@link #TELLING} for each two, in which now
 * this one and now that one commits first, and all of them where a fault was once found. With {@code
 * -Dlapse.pairs.words=all} every word is played, and so is their exchange.
 */
@OnBothDatabases(
        configuration = {World.TIMEOUT_MINIMUM, World.CODE_LIFETIME, World.REFRESH_LIFETIME, World.SESSION_LIMIT})
class AllPairsTest {
    /** The first commits before the second; then who began when, and whom the ledger follows first. */
    private static final List<String> TELLING = List.of("AABBBA", "ABABBA", "ABAABB", "AABABB");

    private static final List<UseCase> USE_CASES = List.of(UseCase.values());

    private static final Set<List<UseCase>> ONCE_RED = Set.of(
            List.of(UseCase.CHANGE_GROUPS, UseCase.REFRESH), List.of(UseCase.CHANGE_TIMEOUT, UseCase.CHANGE_TIMEOUT));

    private static final boolean ALL_WORDS =
            System.getProperty("lapse.pairs.words", "some").equals("all");

    /** Which pairs are wanted, as a pattern for the names of the two with a space between. */
    private static final String ONLY = System.getProperty("lapse.pairs", ".*");

    private final World world;

    AllPairsTest(LapseInJavaSE lapse) {
        this.world = new World(lapse);
    }

    @TestFactory
    Stream<DynamicTest> everyTwoLeaveLedgerAndRowsTheSame() {
        List<DynamicTest> tests = new ArrayList<>();
        for (UseCase first : USE_CASES) {
            for (UseCase second : USE_CASES) {
                if (first.fits(second) && isPlayed(first, second) && (first + " " + second).matches(ONLY)) {
                    tests.add(DynamicTest.dynamicTest(first + " before " + second, () -> play(List.of(first, second))));
                }
            }
        }
        return tests.stream();
    }

    /** Of two and their exchange one is played; which of them, changes from one two to the next. */
    private static boolean isPlayed(UseCase first, UseCase second) {
        int placeOfFirst = USE_CASES.indexOf(first);
        int placeOfSecond = USE_CASES.indexOf(second);
        boolean straight = placeOfFirst <= placeOfSecond;
        boolean evenSum = (placeOfFirst + placeOfSecond) % 2 == 0;
        return ALL_WORDS || first == second || ONCE_RED.contains(List.of(first, second)) || straight == evenSum;
    }

    private static Set<String> words(List<UseCase> cases) {
        if (ALL_WORDS) {
            Set<String> all = new LinkedHashSet<>();
            addWords("A", 2, 3, all); // those that begin with the second are played for the exchange
            return all;
        }
        int place = USE_CASES.indexOf(cases.get(0)) + 2 * USE_CASES.indexOf(cases.get(1));
        return ONCE_RED.contains(cases) ? Set.copyOf(TELLING) : Set.of(TELLING.get(place % TELLING.size()));
    }

    private static void addWords(String begun, int turnsOfA, int turnsOfB, Set<String> all) {
        if (turnsOfA == 0 && turnsOfB == 0) {
            all.add(begun);
        }
        if (turnsOfA > 0) {
            addWords(begun + 'A', turnsOfA - 1, turnsOfB, all);
        }
        if (turnsOfB > 0) {
            addWords(begun + 'B', turnsOfA, turnsOfB - 1, all);
        }
    }

    private void play(List<UseCase> cases) throws SQLException {
        for (String word : words(cases)) {
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
