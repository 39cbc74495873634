package org.lapse.insight.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.Registered;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.session.NewSession;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.Sessions;

/** An application of the demonstration's organization that hears of ended sessions, and its user Alice. */
final class Desk {
    private final LapseInJavaSE lapse;
    private final User alice;
    private final String id;

    private Desk(LapseInJavaSE lapse, User alice, String id) {
        this.lapse = lapse;
        this.alice = alice;
        this.id = id;
    }

    /** A new one that hears at that address. */
    static Desk at(LapseInJavaSE lapse, String address) {
        UUID demo = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        User alice = lapse.get(Users.class)
                .findByUsername(demo, "alice@demo.example")
                .orElseThrow();
        Desk desk = new Desk(
                lapse, alice, Registered.codeClient(lapse, administrator(demo), true, "https://desk.example/callback"));
        desk.hearAt(address);
        return desk;
    }

    private static Caller administrator(UUID organizationId) {
        return new Caller(organizationId, "console", null, "administrator", Permission.all(), "");
    }

    Caller administrator() {
        return administrator(alice.organizationId());
    }

    void hearAt(String address) {
        Registered.hearOfLogouts(lapse, administrator(), id, address);
    }

    String id() {
        return id;
    }

    UUID userId() {
        return alice.id();
    }

    /** Opens a session of Alice's. */
    UUID open() {
        UUID session = UUID.randomUUID();
        Instant now = lapse.clock().now();
        Instant expiry = now.plus(Duration.ofDays(2));
        SessionPrincipal principal = new SessionPrincipal(
                alice.organizationId(), id, alice.id(), alice.username(), new Entitlements(Set.of(), Set.of()), "");
        lapse.get(Sessions.class)
                .openIfAdmitted(new NewSession(
                        session, principal, null, now, TokenDigest.of(session.toString()), expiry, expiry));
        return session;
    }

    /** Opens some. */
    List<UUID> open(int count) {
        return Stream.generate(this::open).limit(count).toList();
    }

    /** Takes all that is due, as a node does that is killed before it sends anything. */
    void takeAll() {
        Instant now = lapse.clock().now();
        while (!lapse.get(Deliveries.class)
                .take(id, 500, now, now.plus(Dispatch.TAKEN_FOR))
                .orElseThrow()
                .isEmpty()) {
            // until there is no more
        }
    }

    /** How it fares, as an administrator sees it. */
    ReceiverBody status() {
        return lapse.get(Backlogs.class).list(administrator()).stream()
                .filter(receiver -> receiver.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
