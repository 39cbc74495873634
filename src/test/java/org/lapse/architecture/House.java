package org.lapse.architecture;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The plan of the house: which package may use which. Arrows run one way. A new package gets its row here, in the same
 * change that makes it.
 */
final class House {

    /** These import the JDK alone, and the clock, which is a bean, {@code jakarta.inject} besides. */
    static final Map<String, Set<String>> LIBRARIES_OF_PURE_PACKAGES =
            Map.of("timeout", Set.of(), "excludedapi", Set.of(), "ledger", Set.of(), "clock", Set.of("jakarta.inject"));

    /** The packages that answer no other package's question: they are the ways in and out of the house. */
    static final Set<String> USED_BY_NOBODY = Set.of(
            "oauth",
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
            "installation",
            "diagnostics",
            "integration",
            "knownapi");

    /** For each package the packages of ours that it may use, all of them in rows above it. */
    static final Map<String, Set<String>> MAY_USE = plan();

    /** Nimbus gives the times in a JWT as {@code java.util.Date}: those who read or write one meet it. */
    static final Set<String> MEET_THE_OLD_DATE = Set.of(
            "org.lapse.api.Caller",
            "org.lapse.oauth.AccessTokens",
            "org.lapse.oauth.IdTokens",
            "org.lapse.oauth.IntrospectServlet");

    private House() {}

    private static Map<String, Set<String>> plan() {
        Map<String, Set<String>> plan = new LinkedHashMap<>();
        plan.put("timeout", Set.of());
        plan.put("excludedapi", Set.of());
        plan.put("ledger", Set.of());
        plan.put("clock", Set.of());
        plan.put("database", Set.of());
        plan.put("changes", Set.of());
        plan.put("timer", Set.of("clock"));
        plan.put("retention", Set.of("timer", "clock"));

        plan.put("api", Set.of("clock"));
        plan.put("page", Set.of("api"));

        plan.put("directory", Set.of("timeout", "changes", "retention", "api", "clock"));
        plan.put("settings", Set.of("timeout", "excludedapi", "directory", "changes", "api", "clock"));
        plan.put("application", Set.of("timeout", "directory", "changes", "api", "clock"));
        Set<String> belowSession = Set.of(
                "ledger",
                "timeout",
                "excludedapi",
                "settings",
                "directory",
                "application",
                "changes",
                "retention",
                "api",
                "clock");
        plan.put("session", belowSession);
        Set<String> sessionAndBelow = with(belowSession, "session");

        plan.put("openwork", sessionAndBelow);

        Set<String> belowSignin = with(sessionAndBelow, "page");
        plan.put("signin", belowSignin);
        Set<String> signinAndBelow = with(belowSignin, "signin");

        plan.put("oauth", signinAndBelow);
        plan.put("activity", with(signinAndBelow, "openwork"));
        plan.put("gate", signinAndBelow);
        plan.put("expiry", with(sessionAndBelow, "timer", "database"));
        plan.put("relogin", signinAndBelow);

        plan.put("oversight", sessionAndBelow);
        plan.put("gax", signinAndBelow);
        plan.put("presence", with(sessionAndBelow, "openwork"));
        plan.put("notification", with(belowSignin, "presence", "timer"));
        plan.put("clientstate", sessionAndBelow);
        plan.put("audit", with(sessionAndBelow, "signin", "openwork"));
        plan.put("diagnostics", sessionAndBelow);
        plan.put("integration", Set.of("application", "directory", "api", "clock"));
        plan.put("knownapi", Set.of("excludedapi", "api", "clock"));
        plan.put("operations", with(sessionAndBelow, "timer"));
        plan.put("installation", sessionAndBelow);
        return Collections.unmodifiableMap(plan);
    }

    private static Set<String> with(Set<String> packages, String... more) {
        Set<String> all = new TreeSet<>(packages);
        all.addAll(Arrays.asList(more));
        return Collections.unmodifiableSet(all);
    }
}
