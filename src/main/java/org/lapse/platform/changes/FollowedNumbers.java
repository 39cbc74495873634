package org.lapse.platform.changes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which of the numbers of changes this node has followed. Every number up to {@link #settledUpTo()} is settled; of the
 * later ones those that were followed are known as ranges, and what lies between them is missing.
 *
 * <p>A number may be missing for good, because its transaction was rolled back. So after a time that no transaction
 * lasts it is given up. Should its change be committed after all, {@link #begin} says so, and it is in doubt: missing
 * again, for as long. At the start the latest numbers that the database knows are in doubt too. A transaction of
 * another node, or of the server before this one, may have taken one of them and be committed later than a higher one.
 *
 * <p>Most numbers that stay missing are of rows that were changed twice before this node looked. There may be many of
 * them, so they are looked for the more seldom the longer they are missing. However many there are, none keeps this
 * node from looking for the latest ones at once.
 */
final class FollowedNumbers {
    /** So long a missing number may still be committed; longer than any transaction lasts. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So long it is known that a number was given up: who commits it later, after that time, tells nobody. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    /** So many numbers may others take and commit while one transaction with a number is not committed yet. */
    static final int DEPTH = 1000;

    /** So many numbers at the most are remembered that were given up; the earliest are forgotten first. */
    static final int MOST_REMEMBERED = 100_000;

    /** What is missing for some time is looked for again after this part of that time. */
    static final int SELDOMER = 8;

    private long floor;
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /** The highest numbers that were known at some moments, and so how long those up to each are missing. */
    private final NavigableMap<Long, Look> looks = new TreeMap<>();

    private final Map<Long, Instant> givenUp = new GivenUp();
    private final TreeMap<Long, Instant> inDoubt = new TreeMap<>();

    /** Begins after that number: what is earlier is known, but for the latest numbers, which are in doubt. */
    synchronized void startAfter(long number, Instant now) {
        for (long doubtful = Math.max(floor, number - DEPTH) + 1; doubtful <= number; doubtful++) {
            inDoubt.put(doubtful, now);
        }
        floor = Math.max(floor, number);
        settle();
    }

    /** Whether a change of that number is still to be followed; one that was given up is in doubt. */
    synchronized boolean begin(long number, Instant now) {
        if (number > floor || inDoubt.containsKey(number)) {
            return true;
        }
        if (givenUp.remove(number) != null) {
            inDoubt.put(number, now);
        }
        return false;
    }

    /** The change of that number was followed. */
    synchronized void followed(long number) {
        inDoubt.remove(number);
        if (number <= floor) {
            return;
        }
        long from = number;
        long to = number;
        Map.Entry<Long, Long> before = ranges.floorEntry(number);
        if (before != null && before.getValue() >= number - 1) {
            if (before.getValue() >= number) {
                return;
            }
            from = before.getKey();
        }
        Long after = ranges.remove(number + 1);
        if (after != null) {
            to = after;
        }
        ranges.put(from, to);
        settle();
    }

    private void settle() {
        Map.Entry<Long, Long> first = ranges.firstEntry();
        while (first != null && first.getKey() <= floor + 1) {
            floor = Math.max(floor, first.getValue());
            ranges.remove(first.getKey());
            first = ranges.firstEntry();
        }
    }

    /** Every change up to this number was followed, or will never come. */
    synchronized long settledUpTo() {
        return inDoubt.isEmpty() ? floor : Math.min(floor, inDoubt.firstKey() - 1);
    }

    /**
     * The numbers up to a highest one that were not followed and are to be looked for now, the earliest first. Whoever
     * has looked for them says so by {@link #lookedFor} at the same moment.
     */
    synchronized List<Long> missing(long highest, Instant now) {
        long highestFollowed = ranges.isEmpty() ? floor : ranges.lastEntry().getValue();
        long known = Math.max(highest, highestFollowed);
        if (known > (looks.isEmpty() ? floor : Math.max(floor, looks.lastKey()))) {
            looks.put(known, new Look(now));
        }
        List<Long> missing = new ArrayList<>(inDoubt.keySet());
        long after = floor;
        for (Map.Entry<Long, Look> look : looks.entrySet()) {
            if (look.getValue().isDue(now)) {
                missing.addAll(gaps(after, look.getKey()));
            }
            after = Math.max(floor, look.getKey());
        }
        return missing;
    }

    private List<Long> gaps(long after, long upTo) {
        List<Long> gaps = new ArrayList<>();
        Map.Entry<Long, Long> across = ranges.floorEntry(after);
        long next = across == null ? after + 1 : Math.max(after, across.getValue()) + 1;
        while (next <= upTo) {
            Map.Entry<Long, Long> range = ranges.ceilingEntry(next);
            long to = range == null ? upTo : Math.min(upTo, range.getKey() - 1);
            for (long number = next; number <= to; number++) {
                gaps.add(number);
            }
            next = range == null ? upTo + 1 : range.getValue() + 1;
        }
        return gaps;
    }

    /** What was missing was looked for. Gives up what was not found and is missing for too long. */
    synchronized void lookedFor(Instant now) {
        inDoubt.values().removeIf(since -> isHopeless(since, now));
        looks.values().forEach(look -> look.lookedFor(now));
        looks.entrySet().stream()
                .filter(look -> isHopeless(look.getValue().since, now))
                .mapToLong(Map.Entry::getKey)
                .max()
                .ifPresent(upTo -> gaps(floor, upTo).forEach(number -> {
                    followed(number);
                    givenUp.put(number, now);
                }));
        looks.headMap(floor, true).clear();
        givenUp.values().removeIf(since -> !now.isBefore(since.plus(REMEMBERED)));
    }

    /** How many numbers are remembered that were given up. */
    synchronized int rememberedAsGivenUp() {
        return givenUp.size();
    }

    private static boolean isHopeless(Instant since, Instant now) {
        return !now.isBefore(since.plus(PATIENCE));
    }

    /** Since when numbers are missing, and when they are looked for next. */
    private static final class Look {
        private final Instant since;
        private Instant next;

        private Look(Instant since) {
            this.since = since;
            this.next = since;
        }

        /** Also where the clock has stepped back. */
        private boolean isDue(Instant now) {
            return !now.isBefore(next) || now.isBefore(since);
        }

        private void lookedFor(Instant now) {
            if (isDue(now)) {
                next = now.plus(Duration.between(since, now).dividedBy(SELDOMER));
            }
        }
    }

    /** Forgets what was given up first once there is too much. */
    private static final class GivenUp extends LinkedHashMap<Long, Instant> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }
}
