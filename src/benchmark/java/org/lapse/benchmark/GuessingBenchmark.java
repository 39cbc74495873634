package org.lapse.benchmark;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long somebody who knows the password waits, while nobody guesses passwords and while forty do: at the sign-in
 * page, in a browser where they have signed in before and in a new one, and at the re-login. The forty guess one
 * after the other, each as soon as the last guess is answered; they and the server share the processors.
 */
final class GuessingBenchmark {
    private static final int GUESSERS = 40;
    private static final int ROUNDS = 25;
    private static final int WARM_UP_ROUNDS = 30;
    private static final int WARM_UP_SECONDS = 5;
    private static final String NAME = "alice@demo.example";
    private static final String PASSWORD = "demo-Passw0rd!";
    private static final String HOME = "192.0.2.1";
    /** The limit by address would answer most guesses at once: this is about those that are looked at. */
    private static final Map<String, String> WITHOUT_LIMIT = Map.of("LAPSE_PASSWORD_ADDRESS_FAILURES", "0");

    private static final AtomicInteger ADDRESSES = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private GuessingBenchmark() {}

    /** What the guessers do. */
    private enum Attack {
        QUIET(0),
        /** Each stays with a name until it is throttled, and then takes the next, from an address of its own. */
        NAMES(GUESSERS),
        /** Each takes another name for each guess (password spraying), from an address of its own. */
        SPRAY(GUESSERS),
        /** The same, all of them and the user from one address. */
        NEIGHBOURS(GUESSERS),
        /** Each takes another name and another address for each guess, as a great botnet may. */
        BOTNET(GUESSERS);

        private final int guessers;

        Attack(int guessers) {
            this.guessers = guessers;
        }

        String nextName(String last, int lastStatus) {
            boolean stays = (this == NAMES || this == NEIGHBOURS) && lastStatus != 429;
            return stays ? last : UUID.randomUUID() + "@demo.example";
        }

        String address(int guesser) {
            return switch (this) {
                case QUIET, NEIGHBOURS -> HOME;
                case NAMES, SPRAY -> "198.51.100." + (guesser + 1);
                case BOTNET -> newAddress();
            };
        }
    }

    static void run() throws Exception {
        try (Table figures = new Table(
                "guessing", "server", "guessers", "what", "median ms", "p95 ms", "times quiet", "guesses perSecond", "unanswered")) {
            for (Server.Kind kind : Server.Kind.values()) {
                try (Database database = Database.start();
                        Server server = Server.start(kind, database, "1g", WITHOUT_LIMIT)) {
                    new Run(kind, server.url(), server, figures).measure();
                }
            }
        }
    }

    /** An address from which nothing has come before. */
    private static String newAddress() {
        int number = ADDRESSES.incrementAndGet();
        return "10." + (number >> 16) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    /** The measurement on one server. */
    private record Run(Server.Kind kind, URI url, Server server, Table figures) {
        void measure() throws Exception {
            SignInForm form = SignInForm.open(url);
            String token = form.redeem(form.send(NAME, PASSWORD, HOME));
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                signIn(form, HOME);
                relogin(token);
            }
            double[] quiet = new double[3];
            for (Attack attack : Attack.values()) {
                measure(attack, form, token, quiet);
            }
        }

        private void measure(Attack attack, SignInForm form, String token, double[] quiet) throws Exception {
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong guesses = new AtomicLong();
            AtomicLong busy = new AtomicLong();
            List<Thread> guessers = new ArrayList<>();
            for (int i = 0; i < attack.guessers; i++) {
                int number = i;
                SignInForm own = SignInForm.open(url);
                guessers.add(new Thread(() -> guess(attack, number, own, over, guesses, busy)));
            }
            guessers.forEach(Thread::start);
            if (attack.guessers > 0) {
                TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            }
            long begun = System.nanoTime();
            long before = guesses.get();
            double[] signIns = times(() -> signIn(form, HOME));
            double[] firstSignIns = times(() -> signIn(SignInForm.open(url), newAddress()));
            double[] relogins = times(() -> relogin(token));
            double perSecond = (guesses.get() - before) * 1e9 / (System.nanoTime() - begun);
            over.set(true);
            for (Thread guesser : guessers) {
                guesser.join();
            }
            row(attack, "sign-in", signIns, quiet, 0, perSecond, busy.get());
            row(attack, "first sign-in", firstSignIns, quiet, 1, perSecond, busy.get());
            row(attack, "re-login", relogins, quiet, 2, perSecond, busy.get());
        }

        private void row(
                Attack attack, String what, double[] millis, double[] quiet, int index, double perSecond, long busy) {
            double median = millis[ROUNDS / 2];
            if (attack == Attack.QUIET) {
                quiet[index] = median;
            }
            figures.row(
                    kind.name().toLowerCase(),
                    attack.name().toLowerCase(),
                    what,
                    median,
                    millis[ROUNDS * 95 / 100],
                    median / quiet[index],
                    perSecond,
                    busy);
        }

        private static void guess(
                Attack attack, int number, SignInForm form, AtomicBoolean over, AtomicLong guesses, AtomicLong busy) {
            String name = "";
            int status = 429;
            try {
                while (!over.get()) {
                    name = attack.nextName(name, status);
                    status = form.send(name, "a guess", attack.address(number))
                            .statusCode();
                    if (status == 503) {
                        busy.incrementAndGet();
                    } else if (status == 403) {
                        guesses.incrementAndGet();
                    } else if (status != 429) {
                        throw new IllegalStateException("A guess is answered with " + status);
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** Milliseconds, the shortest first. */
        private static double[] times(Callable<Long> measured) throws Exception {
            double[] millis = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                millis[round] = measured.call() / 1e6;
            }
            Arrays.sort(millis);
            return millis;
        }

        /** How many nanoseconds the right password takes at the sign-in page. */
        private static long signIn(SignInForm form, String address) throws Exception {
            long begun = System.nanoTime();
            HttpResponse<String> answer = form.send(NAME, PASSWORD, address);
            long nanos = System.nanoTime() - begun;
            if (answer.statusCode() != 303) {
                throw new IllegalStateException("The sign-in is answered with " + answer.statusCode());
            }
            return nanos;
        }

        /** How many nanoseconds it takes at the locked screen. */
        private long relogin(String token) throws Exception {
            String claims = new String(
                    Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
            String session = Http.json(claims).required("sid").asText();
            Http.send(
                    "POST",
                    url.resolve("/api/v2/sessions/lock"),
                    "Bearer " + server.token(),
                    "application/json",
                    "{\"sessionIds\":[\"" + session + "\"]}");
            HttpRequest relogin = HttpRequest.newBuilder(url.resolve("/api/v2/relogin"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .header("X-Forwarded-For", HOME)
                    .POST(BodyPublishers.ofString("{\"password\":\"" + PASSWORD + "\"}"))
                    .build();
            long begun = System.nanoTime();
            HttpResponse<String> answer = HTTP.send(relogin, BodyHandlers.ofString());
            long nanos = System.nanoTime() - begun;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The re-login is answered with " + answer.statusCode() + answer.body());
            }
            return nanos;
        }
    }
}
