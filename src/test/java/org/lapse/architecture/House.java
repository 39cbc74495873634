package org.lapse.architecture;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of the house: its wings, which lie above each other, their rooms, and which room may use which. A room is a
 * package. Arrows run one way, and never up to a higher wing. A new package gets its row here, in the same change that
 * makes it.
 */
final class House {

    /** These import the JDK alone, and the clock, which is a bean, {@code jakarta.inject} besides. */
    static final Map<String, Set<String>> LIBRARIES_OF_PURE_PACKAGES = Map.of(
            "timeout",
            Set.of(),
            "excludedapi",
            Set.of(),
            "ledger",
            Set.of(),
            "cache",
            Set.of(),
            "clock",
            Set.of("jakarta.inject"));

    /** The packages that answer no other package's question: they are the ways in and out of the house. */
    static final Set<String> USED_BY_NOBODY = Set.of(
            "account",
            "activity",
            "oversight",
            "gate",
            "gax",
            "expiry",
            "relogin",
            "notification",
            "clientstate",
            "audit",
            "operations",
            "keepalive",
            "installation",
            "diagnostics",
            "integration",
            "knownapi");

    /**
     * The wings, the lowest floor first, and the rooms of each: {@code org.lapse.sessions.ledger} is a room of the wing
     * {@code sessions}. A wing without rooms is a room itself.
     */
    static final Map<String, List<String>> WINGS = wings();

    /** For each room the rooms that it may use, all of them in rows above it: on its own floor, or on a lower one. */
    static final Map<String, Set<String>> MAY_USE = plan();

    /** Nimbus gives the times in a JWT as {@code java.util.Date}: those who read or write one meet it. */
    static final Set<String> MEET_THE_OLD_DATE = Set.of(
            "org.lapse.platform.api.Caller",
            "org.lapse.access.oauth.AccessTokens",
            "org.lapse.access.oauth.IdTokens",
            "org.lapse.access.oauth.IntrospectServlet",
            "org.lapse.access.oauth.LogoutTokens",
            "org.lapse.access.oauth.SignedAccessTokens");

    private House() {}

    private static Map<String, List<String>> wings() {
        Map<String, List<String>> wings = new LinkedHashMap<>();
        wings.put(
                "platform",
                List.of(
                        "clock",
                        "cache",
                        "database",
                        "changes",
                        "timer",
                        "retention",
                        "api",
                        "outbound",
                        "limit",
                        "page"));
        wings.put("rules", List.of("timeout", "excludedapi"));
        wings.put(
                "organizations",
                List.of("directory", "application", "settings", "authenticator", "integration", "knownapi"));
        wings.put("sessions", List.of("ledger", "nodes", "session", "openwork", "presence", "clientstate", "expiry"));
        wings.put("access", List.of("signin", "oauth", "activity", "gate", "relogin", "account", "gax"));
        wings.put(
                "insight",
                List.of("oversight", "notification", "delivery", "audit", "diagnostics", "operations", "keepalive"));
        wings.put("installation", List.of());
        return Collections.unmodifiableMap(wings);
    }

    /**
     * By which name the plan knows a package.
     *
     * @param path what follows the root in its name
     * @return its room; the wing itself where that is a room; otherwise the whole path, which has no row
     */
    static String roomOf(String path) {
        String[] parts = path.split("\\.", 3);
        List<String> rooms = WINGS.get(parts[0]);
        if (rooms == null) {
            return MAY_USE.containsKey(path) ? "outside of its wing: " + path : path;
        }
        return parts.length > 1 && rooms.contains(parts[1]) ? parts[1] : path;
    }

    private static Map<String, Set<String>> plan() {
        Map<String, Set<String>> plan = new LinkedHashMap<>();
        plan.put("clock", Set.of());
        plan.put("cache", Set.of());
        plan.put("database", Set.of());
        plan.put("changes", Set.of());
        plan.put("timer", Set.of("clock"));
        plan.put("retention", Set.of("timer", "clock"));
        plan.put("api", Set.of("clock"));
        plan.put("outbound", Set.of("api", "clock"));
        plan.put("limit", Set.of("retention", "api"));
        plan.put("page", Set.of("api"));

        plan.put("timeout", Set.of());
        plan.put("excludedapi", Set.of());

        plan.put("directory", Set.of("timeout", "changes", "retention", "database", "page", "api", "clock"));
        plan.put(
                "application",
                Set.of("timeout", "directory", "changes", "database", "outbound", "api", "cache", "clock"));
        plan.put(
                "settings",
                Set.of("timeout", "excludedapi", "directory", "application", "changes", "api", "cache", "clock"));
        plan.put("authenticator", Set.of("settings", "directory", "retention", "database", "page", "api", "clock"));
        plan.put("integration", Set.of("application", "directory", "api", "clock"));
        plan.put("knownapi", Set.of("excludedapi", "api", "clock"));

        plan.put("ledger", Set.of());
        plan.put("nodes", Set.of("clock"));
        Set<String> belowSession = Set.of(
                "ledger",
                "nodes",
                "timeout",
                "excludedapi",
                "settings",
                "directory",
                "application",
                "changes",
                "limit",
                "retention",
                "database",
                "api",
                "cache",
                "clock");
        plan.put("session", belowSession);
        Set<String> sessionAndBelow = with(belowSession, "session");
        plan.put("openwork", sessionAndBelow);
        plan.put("presence", with(sessionAndBelow, "openwork"));
        plan.put("clientstate", sessionAndBelow);
        plan.put("expiry", with(sessionAndBelow, "timer"));

        Set<String> belowSignin = with(sessionAndBelow, "authenticator", "page");
        plan.put("signin", belowSignin);
        Set<String> signinAndBelow = with(belowSignin, "signin");
        plan.put("oauth", signinAndBelow);
        plan.put("activity", with(signinAndBelow, "openwork"));
        plan.put("gate", signinAndBelow);
        plan.put("relogin", with(signinAndBelow, "oauth"));
        plan.put("account", with(signinAndBelow, "oauth"));
        plan.put("gax", signinAndBelow);

        plan.put("oversight", sessionAndBelow);
        plan.put("notification", with(belowSignin, "presence", "timer"));
        plan.put("delivery", with(signinAndBelow, "oauth", "outbound", "timer"));
        plan.put("audit", with(sessionAndBelow, "authenticator", "signin", "openwork", "delivery"));
        plan.put("diagnostics", sessionAndBelow);
        plan.put("operations", with(sessionAndBelow, "timer"));
        plan.put("keepalive", with(sessionAndBelow, "timer"));

        plan.put("installation", sessionAndBelow);
        return Collections.unmodifiableMap(plan);
    }

    private static Set<String> with(Set<String> packages, String... more) {
        Set<String> all = new TreeSet<>(packages);
        all.addAll(Arrays.asList(more));
        return Collections.unmodifiableSet(all);
    }
}
