package org.lapse.insight.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How much happened over time, on the wire.
 *
 * @param total how much altogether
 * @param intervalSeconds how long an interval is
 * @param intervals the intervals, the earliest first
 */
public record IntervalCounts(long total, long intervalSeconds, List<Interval> intervals) {
    static IntervalCounts of(Intervals intervals, Map<Long, Long> counts) {
        List<Interval> all = IntStream.range(0, intervals.number())
                .mapToObj(i -> new Interval(
                        intervals.from().plus(intervals.length().multipliedBy(i)), counts.getOrDefault((long) i, 0L)))
                .toList();
        return new IntervalCounts(
                all.stream().mapToLong(Interval::total).sum(),
                intervals.length().toSeconds(),
                all);
    }

    /**
     * An interval.
     *
     * @param from when it begins
     * @param total how much happened in it
     */
    public record Interval(Instant from, long total) {}
}
