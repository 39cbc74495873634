package org.lapse.benchmark;

import java.util.List;

/** Runs the benchmarks that are named, and writes figures and plots to {@code docs/performance}. */
public final class Benchmarks {
    private Benchmarks() {}

    /**
     * The names, separated by commas: ledger, timers, gate, growth, writing, console, guessing, peers, oauth, races.
     */
    public static void main(String[] arguments) throws Exception {
        for (String name : List.of(arguments[0].split(",", -1))) {
            switch (name) {
                case "ledger" -> LedgerFigures.run();
                case "timers" -> TimersBenchmark.run();
                case "growth" -> GrowthBenchmark.run();
                case "writing" -> WritingBenchmark.run();
                case "console" -> ConsoleBenchmark.run();
                case "guessing" -> GuessingBenchmark.run();
                case "peers" -> PeersBenchmark.run();
                case "oauth" -> OAuthBenchmark.run();
                case "races" -> RacesBenchmark.run();
                case "gate" -> GateBenchmark.run();
                default -> throw new IllegalArgumentException("There is no benchmark " + name);
            }
            Plots.draw(name);
        }
    }
}
