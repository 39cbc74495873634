package org.lapse.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Keycloak on the same machine: how many questions it answers, and how late it ends a session that nobody uses. */
final class PeersBenchmark {
    private static final int ROUNDS = Surroundings.number("benchmark.rounds");
    private static final int SECONDS = Surroundings.number("benchmark.seconds");
    private static final int CONNECTIONS = 32;
    private static final Duration IDLE = Duration.ofSeconds(30);

    private PeersBenchmark() {}

    static void run() throws Exception {
        try (Table figures = new Table("peers", "who", "what", "connections", "perSecond", "p50 ms", "p99 ms", "failed");
                Table idle = new Table("idle", "who", "timeout s", "refused after s", "late s", "told")) {
            try (Keycloak keycloak = Keycloak.start()) {
                ofKeycloak(keycloak.realm(), figures, idle);
            }
            try (Database database = Database.start();
                    Server server = Server.start(
                            Server.Kind.PAYARA, database, "2g", Map.of("LAPSE_TIMEOUT_MINIMUM", "PT1S"))) {
                ofLapse(server, figures, idle);
            }
        }
    }

    private static void ofKeycloak(URI realm, Table figures, Table idle) throws Exception {
        URI oauth = URI.create(realm + "/protocol/openid-connect/");
        String client = Http.basic("service", "service-secret");
        URI introspect = oauth.resolve("token/introspect");
        String token = tokenOfKeycloak(oauth, client);
        if (!isActive(introspect, client, token)) {
            throw new IllegalStateException("Keycloak takes the token for inactive");
        }
        measure("Keycloak", "introspection", introspect, client, "token=" + token, figures);
        measure("Keycloak", "userinfo", oauth.resolve("userinfo"), "Bearer " + tokenOfKeycloak(oauth, client), null, figures);

        Http.send(
                "PUT",
                adminOf(realm),
                admin(realm),
                "application/json",
                "{\"ssoSessionIdleTimeout\":" + IDLE.toSeconds() + "}");
        Instant lastUse = Instant.now();
        String unused = tokenOfKeycloak(oauth, client);
        Instant refused = refusedAt(introspect, client, unused, lastUse);
        TimeUnit.SECONDS.sleep(5);
        idle.row("Keycloak", IDLE.toSeconds(), seconds(lastUse, refused), seconds(lastUse.plus(IDLE), refused), told(realm));
    }

    private static String tokenOfKeycloak(URI oauth, String client) throws Exception {
        return Http.form(
                        oauth.resolve("token"),
                        client,
                        "grant_type=password&scope=openid&username=alice&password=peer-Passw0rd!")
                .required("access_token")
                .asText();
    }

    /** The kinds of events that Keycloak keeps of the user, apart from what this benchmark itself has caused. */
    private static String told(URI realm) throws Exception {
        JsonNode events = Http.json(Http.get(URI.create(adminOf(realm) + "/events?max=1000"), admin(realm))
                .body());
        List<String> types = new ArrayList<>();
        events.forEach(event -> types.add(event.required("type").asText()));
        types.removeIf(type -> type.matches("LOGIN|INTROSPECT_TOKEN|USER_INFO_REQUEST|.*ERROR"));
        return types.isEmpty() ? "nobody" : String.join(" ", types);
    }

    private static URI adminOf(URI realm) {
        return URI.create(realm.toString().replace("/realms/", "/admin/realms/"));
    }

    private static String admin(URI realm) throws Exception {
        return "Bearer "
                + Http.form(
                                realm.resolve("master/protocol/openid-connect/token"),
                                null,
                                "grant_type=password&client_id=admin-cli&username=admin&password=admin-Passw0rd!")
                        .required("access_token")
                        .asText();
    }

    private static void ofLapse(Server server, Table figures, Table idle) throws Exception {
        URI introspect = server.url().resolve("/oauth/introspect");
        String token = server.token();
        if (!isActive(introspect, Server.CLIENT, token)) {
            throw new IllegalStateException("Lapse takes the token for inactive");
        }
        measure("Lapse", "introspection", introspect, Server.CLIENT, "token=" + token, figures);
        measure("Lapse", "gate", server.url().resolve("/gate/nginx"), "Bearer " + token, null, figures);

        server.setTimeout(IDLE);
        String asking = "Bearer " + server.token();
        Instant lastUse = Instant.now();
        String unused = server.token();
        while (Instant.now().isBefore(lastUse.plus(IDLE).plusSeconds(5))) {
            Http.get(
                    server.url().resolve("/gate/nginx"),
                    asking,
                    "X-Original-Method",
                    "GET",
                    "X-Original-URI",
                    "/reports");
            TimeUnit.SECONDS.sleep(1);
        }
        URI audits = server.url().resolve("/api/v2/audits?action=session.end");
        JsonNode ends = Http.json(Http.get(audits, asking).body());
        Instant refused = Instant.parse(ends.required("entities").get(0).required("dateRecorded").asText());
        idle.row("Lapse", IDLE.toSeconds(), seconds(lastUse, refused), seconds(lastUse.plus(IDLE), refused), "audit");
        if (isActive(introspect, Server.CLIENT, unused)) {
            throw new IllegalStateException("The session is still alive");
        }
    }

    private static Instant refusedAt(URI introspect, String client, String token, Instant lastUse) throws Exception {
        while (isActive(introspect, client, token)) {
            if (Instant.now().isAfter(lastUse.plusSeconds(600))) {
                throw new IllegalStateException("The session does not end");
            }
            TimeUnit.MILLISECONDS.sleep(250);
        }
        return Instant.now();
    }

    private static boolean isActive(URI introspect, String client, String token) throws Exception {
        return Http.form(introspect, client, "token=" + token).required("active").asBoolean();
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }

    private static void measure(
            String who, String what, URI address, String authorization, String form, Table figures)
            throws Exception {
        Object[] message = form == null
                ? new Object[] {"GET", address.getPath(), authorization}
                : new Object[] {"POST", address.getPath(), authorization, form};
        Wrk.ask(address.resolve("/"), CONNECTIONS, 5 * SECONDS, "post.lua", message);
        List<Wrk.Counted> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            rounds.add(Wrk.ask(address.resolve("/"), CONNECTIONS, SECONDS, "post.lua", message));
        }
        figures.row(
                who,
                what,
                CONNECTIONS,
                Math.round(GateBenchmark.median(rounds, Wrk.Counted::perSecond)),
                GateBenchmark.median(rounds, Wrk.Counted::p50),
                GateBenchmark.median(rounds, Wrk.Counted::p99),
                rounds.stream().mapToLong(Wrk.Counted::failed).sum());
    }
}
