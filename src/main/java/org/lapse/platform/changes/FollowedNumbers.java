package org.lapse.platform.changes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which of the numbers of changes this node has followed. Every number up to {@link #settledUpTo()} is settled; of the
 * later ones those that were followed are known as ranges, and what lies between them is missing.
 *
 * <p>A number may be missing for good, because its transaction was rolled back. So after a time that no transaction
 * lasts it is given up. Should its change be committed after all, {@link #begin} says so, and it is in doubt: missing
 * again, for as long. At the start the latest numbers that the database knows are in doubt too. A transaction of
 * another node, or of the server before this one, may have taken one of them and be committed later than a higher one.
 */
final class FollowedNumbers {
    /** So long a missing number may still be committed; longer than any transaction lasts. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So long it is known that a number was given up: who commits it later, after that time, tells nobody. */
    static final Duration REMEMBERED = Duration.ofHours(1);

    /** So many numbers may others take and commit while one transaction with a number is not committed yet. */
    static final int DEPTH = 1000;

    /** How many missing numbers are told at once. */
    static final int MOST = 5000;

    private long floor;
    private final TreeMap<Long, Long> ranges = new TreeMap<>();
    private final Map<Long, Instant> missingSince = new HashMap<>();
    private final Map<Long, Instant> givenUp = new HashMap<>();
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
        missingSince.remove(number);
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

    /** The numbers up to a highest one that were not followed, the earliest first, and not more than {@link #MOST}. */
    synchronized List<Long> missing(long highest, Instant now) {
        List<Long> missing = new ArrayList<>(inDoubt.keySet());
        long next = floor + 1;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            next = add(missing, next, range.getKey() - 1, now);
            next = range.getValue() + 1;
        }
        add(missing, next, highest, now);
        return missing;
    }

    private long add(List<Long> missing, long from, long to, Instant now) {
        for (long number = from; number <= to && missing.size() < MOST; number++) {
            missing.add(number);
            missingSince.putIfAbsent(number, now);
        }
        return to + 1;
    }

    /** Gives up those that were looked for and not found, and are missing for too long. */
    synchronized void giveUp(Instant now) {
        inDoubt.values().removeIf(since -> isHopeless(since, now));
        List<Long> hopeless = missingSince.entrySet().stream()
                .filter(one -> isHopeless(one.getValue(), now))
                .map(Map.Entry::getKey)
                .toList();
        hopeless.forEach(number -> {
            followed(number);
            missingSince.remove(number);
            givenUp.put(number, now);
        });
        givenUp.values().removeIf(since -> !now.isBefore(since.plus(REMEMBERED)));
    }

    /** How many numbers are remembered that were given up. */
    synchronized int rememberedAsGivenUp() {
        return givenUp.size();
    }

    private static boolean isHopeless(Instant since, Instant now) {
        return !now.isBefore(since.plus(PATIENCE));
    }
}
