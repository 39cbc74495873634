package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol of the nodes under chance: nobody is ended early, nobody who ended is let in, each end is one, and all
 * nodes agree in the end. Each rule is needed: without it, some run goes wrong. {@code -Dlapse.simulation.runs=100000}
 * runs more.
 */
class ClusterSimulationTest {
    private static final int RUNS = Integer.getInteger("lapse.simulation.runs", 2000);
    private static final int RUNS_WITHOUT_A_RULE = 150;

    @Test
    void nothingGoesWrong() {
        long granted = 0;
        long lapsed = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            Oracle oracle = new SimulatedCluster(seed, Set.of()).run();
            assertThat(oracle.faults()).as("seed " + seed).isEmpty();
            granted += oracle.grantedUses();
            lapsed += oracle.lapsedSessions();
        }
        assertThat(granted).isGreaterThan(30L * RUNS);
        assertThat(lapsed).isGreaterThan(5L * RUNS);
    }

    @Test
    void sameSeedGivesTheSameRun() {
        Oracle once = new SimulatedCluster(7, EnumSet.of(SimulatedNode.Rule.WAIT_FOR_OTHERS)).run();
        Oracle again = new SimulatedCluster(7, EnumSet.of(SimulatedNode.Rule.WAIT_FOR_OTHERS)).run();

        assertThat(again.faults()).isEqualTo(once.faults());
        assertThat(again.grantedUses()).isEqualTo(once.grantedUses());
    }

    @ParameterizedTest
    @EnumSource
    void withoutARuleSomethingGoesWrong(SimulatedNode.Rule rule) {
        List<Long> wrong = LongStream.range(0, RUNS_WITHOUT_A_RULE)
                .filter(seed -> !new SimulatedCluster(seed, EnumSet.of(rule))
                        .run()
                        .faults()
                        .isEmpty())
                .boxed()
                .toList();

        assertThat(wrong).isNotEmpty();
    }
}
