package org.lapse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Clients that come at the same moment, thousands of times, over HTTP: is a token left that gives access though its
 * session has ended, or is locked? Each round opens a session of a user, has two or more calls meet up to thirty
 * milliseconds apart, and then asks with every token that was given. A second later it asks again.
 */
final class RacesBenchmark {
    private static final int ROUNDS = Surroundings.number("benchmark.races");
    private static final int USERS = 8;
    private static final int APART_MICROS = 30_000;
    private static final int LATER_MILLIS = 1_000;
    private static final String PASSWORD = "demo-Passw0rd!";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RacesBenchmark() {}

    static void run() throws Exception {
        try (Table figures =
                new Table("races", "on", "what meets", "rounds", "good at once", "good after 1 s", "refused wrongly", "faults")) {
            for (String place : Surroundings.text("benchmark.oauth").split(",", -1)) {
                boolean postgresql = place.endsWith("-postgresql");
                Server.Kind kind = Server.Kind.valueOf(place.split("-", 2)[0].toUpperCase(Locale.ROOT));
                try (Database database = postgresql ? Database.start() : null;
                        Server server = Server.start(
                                kind,
                                Surroundings.text("benchmark.war"),
                                "1g",
                                database == null ? Map.of() : database.variables())) {
                    for (int i = 0; i < USERS; i++) {
                        server.makeUser("visitor" + i + "@demo.example", PASSWORD);
                    }
                    for (Race race : Race.values()) {
                        new Run(place, server, race, figures).measure();
                    }
                }
            }
        }
    }

    /** What meets. Afterwards the session has ended, save where two or more refreshes meet alone. */
    private enum Race {
        TWO_REFRESHES("two refreshes with one token", 2, ""),
        EIGHT_REFRESHES("eight refreshes with one token", 8, ""),
        REFRESH_AND_END("refresh and end of all tokens", 1, "end"),
        REFRESH_AND_FORCED_LOGOUT("refresh and forced logout", 1, "logout"),
        REFRESH_AND_OWN_END("refresh and end by its own token", 1, "own"),
        REFRESH_AND_LOCK("refresh and lock", 1, "lock"),
        REFRESH_AND_DISABLING("refresh and disabling of the user", 1, "disable"),
        CODE_AND_END("redeeming a code and end of all tokens", 0, "end"),
        CODE_AND_DISABLING("redeeming a code and disabling of the user", 0, "disable");

        private final String label;

        /** How many refreshes; none where a code is redeemed. */
        private final int refreshes;

        /** What comes besides; empty for nothing. */
        private final String other;

        Race(String label, int refreshes, String other) {
            this.label = label;
            this.refreshes = refreshes;
            this.other = other;
        }
    }

    /** One race on one server. */
    private static final class Run {
        private final String place;
        private final Server server;
        private final Race race;
        private final Table figures;
        private final String administrator;
        private final List<Visitor> visitors = new ArrayList<>();
        private final List<String> mustBeRefused = new ArrayList<>();
        private int goodAtOnce;
        private int refusedWrongly;
        private int faults;

        Run(String place, Server server, Race race, Table figures) throws Exception {
            this.place = place;
            this.server = server;
            this.race = race;
            this.figures = figures;
            this.administrator = "Bearer " + server.token();
            for (int i = 0; i < USERS; i++) {
                visitors.add(new Visitor(Provider.of("Lapse", server), i));
            }
        }

        void measure() throws Exception {
            for (Visitor visitor : visitors) {
                visitor.signIn();
            }
            for (int round = 0; round < ROUNDS; round++) {
                play(visitors.get(round % USERS));
            }
            TimeUnit.MILLISECONDS.sleep(LATER_MILLIS);
            int goodLater = 0;
            for (String token : mustBeRefused) {
                goodLater += isGood(token) ? 1 : 0;
            }
            figures.row(place, race.label, ROUNDS, goodAtOnce, goodLater, refusedWrongly, faults);
            for (Visitor visitor : visitors) {
                visitor.close();
            }
        }

        private void play(Visitor visitor) throws Exception {
            Visitor.Code code = visitor.code();
            Tokens first = race.refreshes == 0 ? null : Tokens.of(visitor.redeem(code));
            String userId = first == null ? userIdOf(visitor) : first.claim("sub");
            List<CompletableFuture<HttpResponse<String>>> grants = new ArrayList<>();
            for (int i = 0; i < Math.max(1, race.refreshes); i++) {
                String form = first == null ? visitor.redemption(code) : visitor.refreshment(first.refreshToken);
                grants.add(soon(token(form)));
            }
            CompletableFuture<HttpResponse<String>> other =
                    race.other.isEmpty() ? null : soon(other(race.other, userId, first));
            List<Tokens> given = new ArrayList<>();
            for (CompletableFuture<HttpResponse<String>> grant : grants) {
                HttpResponse<String> answer = grant.get();
                if (answer.statusCode() == 200) {
                    given.add(Tokens.of(Http.json(answer.body())));
                } else if (answer.statusCode() >= 500) {
                    faults++;
                }
            }
            if (other != null && other.get().statusCode() >= 500) {
                faults++;
            }
            List<String> tokens = Stream.concat(Stream.ofNullable(first), given.stream())
                    .map(Tokens::accessToken)
                    .distinct()
                    .toList();
            if (other == null) {
                countRefused(given);
            } else if (first != null) {
                countGood(tokens); // the session was there before it was ended or locked
            }
            finish(userId, tokens);
            if (race.other.equals("disable")) {
                setState(userId, "active");
            }
        }

        /** Whatever was first: what is ended now is over, with each of its tokens. */
        private void finish(String userId, List<String> tokens) throws Exception {
            int status = send(other("end", userId, null)).statusCode();
            if (status >= 500) {
                faults++;
            }
            countGood(tokens);
            mustBeRefused.addAll(tokens);
        }

        private void countGood(List<String> tokens) throws Exception {
            for (String token : tokens) {
                goodAtOnce += isGood(token) ? 1 : 0;
            }
        }

        /** All answers of refreshes that meet are of one session, and each of their tokens gives access. */
        private void countRefused(List<Tokens> given) throws Exception {
            refusedWrongly += race.refreshes - given.size();
            for (Tokens tokens : given) {
                boolean sameSession = tokens.claim("sid").equals(given.get(0).claim("sid"));
                refusedWrongly += sameSession && isGood(tokens.accessToken) ? 0 : 1;
            }
        }

        private boolean isGood(String token) throws Exception {
            return send(HttpRequest.newBuilder(server.url().resolve("/api/v2/tokens/me"))
                                    .header("Authorization", "Bearer " + token)
                                    .build())
                            .statusCode()
                    == 200;
        }

        private String userIdOf(Visitor visitor) throws Exception {
            Tokens tokens = Tokens.of(visitor.redeem(visitor.code()));
            return tokens.claim("sub");
        }

        private HttpRequest token(String form) {
            return HttpRequest.newBuilder(server.url().resolve("/oauth/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build();
        }

        private HttpRequest other(String what, String userId, Tokens first) throws Exception {
            return switch (what) {
                case "end" -> administered("DELETE", "/api/v2/tokens/" + userId, null);
                case "logout" -> administered("DELETE", "/api/v2/apps/users/" + userId + "/logout", null);
                case "own" ->
                    HttpRequest.newBuilder(server.url().resolve("/api/v2/tokens/me"))
                            .header("Authorization", "Bearer " + first.accessToken)
                            .DELETE()
                            .build();
                case "lock" ->
                    administered("POST", "/api/v2/sessions/lock", "{\"sessionIds\":[\"" + first.claim("sid") + "\"]}");
                case "disable" -> state(userId, "inactive");
                default -> throw new IllegalArgumentException(what);
            };
        }

        private HttpRequest state(String userId, String state) throws Exception {
            JsonNode user = Http.json(
                    send(administered("GET", "/api/v2/users/" + userId, null)).body());
            String body = "{\"state\":\"" + state + "\",\"version\":" + user.required("version") + "}";
            return administered("PATCH", "/api/v2/users/" + userId, body);
        }

        private void setState(String userId, String state) throws Exception {
            HttpResponse<String> answer = send(state(userId, state));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("The user's state is not set: " + answer.statusCode() + answer.body());
            }
        }

        private HttpRequest administered(String method, String path, String json) {
            HttpRequest.Builder request = HttpRequest.newBuilder(server.url().resolve(path))
                    .header("Authorization", administrator)
                    .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
            return (json == null ? request : request.header("Content-Type", "application/json")).build();
        }

        private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
            return HTTP.send(request, BodyHandlers.ofString());
        }

        private static CompletableFuture<HttpResponse<String>> soon(HttpRequest request) {
            int micros = ThreadLocalRandom.current().nextInt(APART_MICROS);
            Executor later = CompletableFuture.delayedExecutor(micros, TimeUnit.MICROSECONDS);
            return CompletableFuture.supplyAsync(() -> HTTP.sendAsync(request, BodyHandlers.ofString()), later)
                    .thenCompose(answer -> answer);
        }
    }

    /** What the token endpoint gave. */
    private record Tokens(String accessToken, String refreshToken) {
        static Tokens of(JsonNode answer) {
            return new Tokens(
                    answer.required("access_token").asText(),
                    answer.required("refresh_token").asText());
        }

        String claim(String name) throws IOException {
            byte[] claims = Base64.getUrlDecoder().decode(accessToken.split("\\.", -1)[1]);
            return Http.json(new String(claims, StandardCharsets.UTF_8)).required(name).asText();
        }

        @Override
        public String toString() {
            return "Tokens[hidden]";
        }
    }
}
