package org.lapse.concurrency;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;

/**
 * Use cases that happen side by side. A word says whose turn it is: at each of its letters that use case goes on as far
 * as the next boundary where it stops. Who waits for a lock stays there until it is free.
 */
final class Turns implements AutoCloseable {
    /** Where the use cases stop. */
    enum Stops {
        /** Before and after the commit of the transaction that changes something. */
        AROUND_THE_CHANGE,
        /** Before and after every commit. */
        EVERYWHERE
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Strands strands;
    private final List<Player> players = new ArrayList<>();

    /**
     * Use cases that have yet to begin.
     *
     * @param stops where each of them stops
     */
    Turns(Scene scene, Strands strands, List<UseCase> cases, Stops stops) {
        this.strands = strands;
        for (int i = 0; i < cases.size(); i++) {
            players.add(new Player(scene, cases.get(i), i, strands, stops));
        }
    }

    List<Player> players() {
        return players;
    }

    /** Lets each go on when it is its turn, and then all of them to their ends. */
    void play(String word) {
        word.chars().forEach(letter -> turn(players.get(letter - 'A')));
        finish();
    }

    /** One turn of one of them. */
    void turn(Player player) {
        player.step();
        if (player.hasCommitted()) {
            // anybody who waited for it goes on as far as its own boundary, before anybody else does
            players.stream().filter(other -> other != player).forEach(Player::lookAgain);
        }
    }

    /**
     * Lets all of them go to their ends.
     *
     * <p>The database ends a deadlock of its own after a second, and one of them then fails. Other waits that look like
     * one are over by themselves.
     */
    void finish() {
        long moved = System.nanoTime();
        while (players.stream().anyMatch(player -> !player.isOver())) {
            for (Player player : players) {
                Strand.Place before = player.place;
                int stopsBefore = player.stops;
                if (!player.isOver()) {
                    turn(player);
                    if (player.place != before || player.stops != stopsBefore) {
                        moved = System.nanoTime();
                    }
                }
            }
            if (System.nanoTime() - moved > PATIENCE.toNanos()) {
                throw new AssertionError("They wait for each other: " + players
                        + players.stream()
                                .filter(player -> !player.isOver())
                                .map(player -> "\n" + player.useCase + " is here:\n" + player.strand.stack())
                                .collect(Collectors.joining()));
            }
        }
    }

    @Override
    public void close() throws SQLException {
        strands.close();
    }

    /** One of the use cases. */
    static final class Player {
        private final UseCase useCase;
        private final Strand strand;
        private final Stops stopsAt;
        private Strand.Place place = Strand.Place.BEGINNING;
        private int stops;
        private volatile boolean done;

        private Player(Scene scene, UseCase useCase, int number, Strands strands, Stops stopsAt) {
            this.useCase = useCase;
            this.stopsAt = stopsAt;
            this.strand = strands.of(useCase.name(), () -> done = useCase.happen(scene, number));
        }

        UseCase useCase() {
            return useCase;
        }

        /** Whether it came to its end and did something. */
        boolean done() {
            return done;
        }

        Optional<Throwable> failure() {
            return strand.failure();
        }

        boolean isOver() {
            return place == Strand.Place.END;
        }

        private boolean hasCommitted() {
            return place == Strand.Place.AFTER_COMMIT || place == Strand.Place.END;
        }

        private void step() {
            if (!isOver()) {
                arrive(place == Strand.Place.BLOCKED ? strand.place() : strand.goOn());
            }
        }

        private void lookAgain() {
            if (place == Strand.Place.BLOCKED) {
                arrive(strand.place());
            }
        }

        private void arrive(Strand.Place first) {
            Strand.Place now = first;
            while (true) {
                place = now;
                if (now == Strand.Place.END || now == Strand.Place.BLOCKED) {
                    return;
                }
                stops++;
                int boundary = stops - 2 * useCase.transactionsBefore();
                if (stopsAt == Stops.EVERYWHERE || boundary == 1 || boundary == 2) {
                    return;
                }
                now = strand.goOn();
            }
        }

        @Override
        public String toString() {
            return useCase + " (" + place + ")";
        }
    }
}
