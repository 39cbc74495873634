package org.lapse.benchmark;

import java.util.Arrays;
import java.util.Collection;
import org.lapse.sessions.session.LedgerBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Has JMH run {@link LedgerBenchmark}. */
final class LedgerFigures {
    private LedgerFigures() {}

    static void run() throws Exception {
        try (Table figures = new Table("ledger", "what", "sessions", "best ns", "median ns", "worst ns", "bytes")) {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(LedgerBenchmark.class.getName() + ".(bareMap|caffeine|ledger)")
                            .addProfiler(GCProfiler.class)
                            .shouldDoGC(false)
                            .build())
                    .run();
            for (RunResult result : results) {
                double[] times = result.getBenchmarkResults().stream()
                        .flatMap(fork -> fork.getIterationResults().stream())
                        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
                        .sorted()
                        .toArray();
                figures.row(
                        result.getPrimaryResult().getLabel(),
                        result.getParams().getParam("sessions"),
                        times[0],
                        times[times.length / 2],
                        times[times.length - 1],
                        result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
            }
        }
    }
}
