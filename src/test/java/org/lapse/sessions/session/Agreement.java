package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.RulesInForce;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Users;
import org.lapse.organizations.settings.DraftPolicies;
import org.lapse.organizations.settings.IdleTokenTimeout;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.TokenDigest;

/** Whether the ledger says of a user's sessions and of their tokens what the rows say. */
public final class Agreement {
    private static final IdleTokenTimeout NOTHING_ELSE = new IdleTokenTimeout(null, null, null, null, null);

    private final LapseInJavaSE lapse;
    private final Admission admission;
    private final SessionLedger<SessionPrincipal> ledger;

    /** In that Lapse. */
    public Agreement(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.admission = lapse.get(Admission.class);
        this.ledger = lapse.get(new jakarta.enterprise.util.TypeLiteral<SessionLedger<SessionPrincipal>>() {});
    }

    /** The sessions of a user as they were last written, ended or not. */
    public List<Session> rows(UUID userId) {
        return lapse.inTransaction(() -> lapse.entities()
                .createQuery("select s from Session s where s.userId = :user", Session.class)
                .setParameter("user", userId)
                .getResultList());
    }

    /** The number of the change that changed a session last. */
    public static long version(Session row) {
        return row.version();
    }

    /**
     * Fails where they do not agree.
     *
     * @param tokens all access tokens that any of the user's sessions was ever given
     */
    public void check(UUID userId, Collection<String> tokens) {
        Instant now = lapse.clock().now();
        Set<String> good = new HashSet<>();
        Set<String> locked = new HashSet<>();
        for (Session row : rows(userId)) {
            Optional<LiveSession<SessionPrincipal>> live = ledger.find(row.id());
            if (row.state() == SessionState.ENDED) {
                assertThat(live).as("the live session of one that has ended").isEmpty();
            } else if (row.token() != null && now.isBefore(row.tokenExpiresAt())) {
                assertThat(live).as("the live session of " + row.state()).isPresent();
                compare(row, live.get(), now);
                (row.state() == SessionState.LOCKED ? locked : good).addAll(ofRow(row, tokens, now));
            }
        }
        for (String token : tokens) {
            Class<? extends Access> expected = good.contains(token)
                    ? Access.Granted.class
                    : locked.contains(token) ? Access.Locked.class : Access.Refused.class;
            assertThat(admission.access(token)).as("what an access token gives").isInstanceOf(expected);
        }
    }

    /** Those of these tokens that are the session's present one, or its former one that is still good. */
    private static Set<String> ofRow(Session row, Collection<String> tokens, Instant now) {
        Set<TokenDigest> digests = new HashSet<>();
        digests.add(row.token());
        row.formerToken()
                .filter(former -> now.isBefore(former.goodUntil()))
                .map(CommittedState.Former::token)
                .ifPresent(digests::add);
        Set<String> found = tokens.stream()
                .filter(token -> digests.contains(TokenDigest.of(token)))
                .collect(Collectors.toSet());
        assertThat(found).as("the tokens of a row that were given to somebody").hasSameSizeAs(digests);
        return found;
    }

    private void compare(Session row, LiveSession<SessionPrincipal> live, Instant now) {
        assertThat(live.version()).as("version").isEqualTo(row.version());
        assertThat(live.status(now).name()).as("standing").isEqualTo(row.state().name());
        assertThat(live.expiresAt()).as("end of the token").isEqualTo(millis(row.tokenExpiresAt()));
        assertThat(live.lastActivity()).as("last activity").isAfterOrEqualTo(millis(row.lastActivityAt()));
        if (row.state() == SessionState.ACTIVE) {
            assertThat(live.heldUntil())
                    .as("hold")
                    .isEqualTo(Optional.ofNullable(row.heldUntil()).map(Agreement::millis));
        }
        Entitlements entitlements = lapse.inTransaction(
                        () -> lapse.get(Users.class).entitlements(List.of(row.userId())))
                .getOrDefault(row.userId(), Entitlements.NONE);
        assertThat(live.principal().entitlements()).as("entitlements").isEqualTo(entitlements);
        Optional<Duration> timeout = lapse.get(DraftPolicies.class)
                .after(row.organizationId(), NOTHING_ELSE)
                .decide(
                        entitlements.groups(),
                        lapse.get(RulesInForce.class)
                                .of(row.applicationId())
                                .security()
                                .inactivityTimeout())
                .timeout()
                .map(InactivityTimeout::duration);
        assertThat(EffectivePolicy.of(live).decided().timeout()).as("timeout").isEqualTo(timeout);
        Instant used = live.heldUntil()
                .filter(until -> until.isAfter(live.lastActivity()))
                .orElse(live.lastActivity());
        assertThat(live.inactiveAt()).as("deadline").isEqualTo(timeout.map(used::plus));
    }

    private static Instant millis(Instant moment) {
        return Instant.ofEpochMilli(moment.toEpochMilli());
    }
}
