package org.lapse.sessions.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;

/** Sessions of Alice at the demonstration's desk, and what is done with them. */
public final class UsedSessions {
    private static final Duration LIFE = Duration.ofHours(8);
    private static final ApiCall CALL = new ApiCall("GET", "/api/v2/users/me");

    private final LapseInJavaSE lapse;
    private final Sessions sessions;

    /** Sessions on that node. */
    public UsedSessions(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.sessions = lapse.get(Sessions.class);
    }

    /** A session that was used just now, when it was opened. */
    public UUID open() {
        UUID organization = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        User alice = lapse.get(Users.class)
                .findByUsername(organization, "alice@demo.example")
                .orElseThrow();
        Instant now = lapse.clock().now();
        Instant expiry = now.plus(LIFE);
        SessionPrincipal principal = new SessionPrincipal(
                organization, "demo-desk", alice.id(), alice.username(), new Entitlements(Set.of(), Set.of()), "");
        UUID id = UUID.randomUUID();
        sessions.openIfAdmitted(
                new NewSession(id, principal, null, now, TokenDigest.of(id.toString()), expiry, expiry));
        return id;
    }

    /** Uses a session now; answers when that was, once the use was answered. */
    public Instant use(UUID id) {
        return use(
                lapse.get(ActivityRecorder.class),
                lapse.get(Admission.class).find(id).orElseThrow());
    }

    Instant use(ActivityRecorder uses, LiveSession<SessionPrincipal> session) {
        Instant now = lapse.clock().now();
        if (!uses.reset(session, CALL, now)) {
            throw new AssertionError("It was not active");
        }
        return now;
    }

    /** Gives the desk another timeout, in whole minutes, by an administrator at that node. */
    public static void setTimeout(LapseInJavaSE node, Duration timeout) {
        UUID organizationId =
                node.get(Organizations.class).findByDomain("demo").orElseThrow().id();
        String minutes = Long.toString(timeout.toMinutes());
        node.get(Applications.class)
                .change(
                        new Caller(organizationId, "administration", null, "administration", Permission.all(), "token"),
                        "demo-desk",
                        new ApplicationChange(
                                null,
                                null,
                                null,
                                null,
                                Map.of("security", Map.of("inactivity-timeout", minutes)),
                                null));
    }

    /** The activity that stands in the session's row. */
    public Instant written(UUID id) {
        return sessions.find(id).orElseThrow().lastActivityAt();
    }
}
