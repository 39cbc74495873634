package org.lapse.access.oauth;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.access.signin.SignIn;
import org.lapse.organizations.application.ScopeReduced;
import org.lapse.organizations.directory.EnabledUser;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.cache.Versioned;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.SessionState;
import org.lapse.sessions.session.Sessions;

/**
 * What users consented to. An application that is not trusted gets a code only with the user's consent, which is looked
 * at in the transaction that issues the code. Each method is one transaction; it locks the application first, then the
 * user.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html#Consent">OpenID Connect Core 1.0, section
 *     3.1.2.4</a>
 */
@Singleton
@Transactional
public class Consents {
    private final EntityManager entities;
    private final Clients clients;
    private final AuthorizationCodes codes;
    private final Sessions sessions;
    private final TokenAudiences audiences;
    private final Event<Administered> administered;
    private final WallClock clock;

    @Inject
    Consents(
            EntityManager entities,
            Clients clients,
            AuthorizationCodes codes,
            Sessions sessions,
            TokenAudiences audiences,
            Event<Administered> administered,
            WallClock clock) {
        this.entities = entities;
        this.clients = clients;
        this.codes = codes;
        this.sessions = sessions;
        this.audiences = audiences;
        this.administered = administered;
        this.clock = clock;
    }

    /** A code for what an application asked of the user of a sign-in; empty where the user has to consent first. */
    Optional<String> code(AuthorizationCall call, SignIn signIn) {
        if (call.consentAsked()) {
            return Optional.empty();
        }
        return admit(call)
                .filter(client -> client.application().isTrusted() || hasConsent(client, call, signIn.userId()))
                .map(client -> codes.issue(call, signIn, clock.now()));
    }

    /**
     * Whether an application can be no other than it says: its answer goes to a host, or it shows its secret. On
     * loopback, or with a scheme of its own, any program of the machine may be in its place, so consent is asked for
     * each time.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-8.6">RFC 8252, section 8.6</a>
     */
    private static boolean isKnown(Client client, AuthorizationCall call) {
        return !client.application().isPublicClient()
                || call.redirectUri().toLowerCase(Locale.ROOT).startsWith("https:");
    }

    /**
     * The user of a sign-in consents to what an application asked for.
     *
     * @return a code for it; empty where the user or the application has been disabled
     */
    Optional<String> give(AuthorizationCall call, SignIn signIn) {
        Client client = admit(call).orElse(null);
        if (client == null) {
            return Optional.empty();
        }
        EnabledUser user = sessions.admitUserAlone(signIn.userId()).orElse(null);
        if (user == null || !user.organizationId().equals(client.organizationId())) {
            return Optional.empty();
        }
        Instant now = clock.now();
        Consent known = find(user.id(), client.id()).orElse(null);
        ConsentBody before = known == null
                ? null
                : ConsentBody.of(known, client.application().name(), audiences);
        Consent consent = known == null ? new Consent(user.id(), client.id()) : known;
        consent.give(client, call.scope(), call.audience(), audiences, now);
        if (known == null) {
            entities.persist(consent);
        }
        Caller caller = new Caller(user.organizationId(), client.id(), user.id(), user.username(), Set.of(), "");
        administered.fire(new Administered(
                caller,
                "consent.give",
                "application",
                client.id(),
                before,
                ConsentBody.of(consent, client.application().name(), audiences)));
        return Optional.of(codes.issue(call, signIn, now));
    }

    /** What the caller consented to, in the order of the applications' names. */
    public List<ConsentBody> of(Caller caller) {
        return entities.createQuery(
                        "select c, a.name from Consent c join Application a on a.id = c.applicationId"
                                + " where c.userId = :user and a.deletedAt is null order by a.name, a.id",
                        Object[].class)
                .setParameter("user", userOf(caller))
                .getResultStream()
                .map(row -> ConsentBody.of((Consent) row[0], (String) row[1], audiences))
                .toList();
    }

    /**
     * The caller takes back what they consented to: the application's codes are void, and its sessions of the
     * caller end with their refresh tokens.
     *
     * @throws ApiException 404 where there is no consent to take back
     */
    public void revoke(Caller caller, String applicationId) {
        UUID userId = userOf(caller);
        ConsentBody before = of(caller).stream()
                .filter(consent -> consent.client().id().equals(applicationId))
                .findFirst()
                .orElseThrow(ApiException::notFound);
        sessions.lockUser(applicationId, userId);
        find(userId, applicationId).ifPresent(entities::remove);
        entities.flush();
        codes.withdraw(userId, applicationId);
        administered.fire(new Administered(caller, "consent.revoke", "application", applicationId, before, null));
        sessions.endOfUser(userId, applicationId, EndReason.REVOKED);
    }

    /**
     * A client may be granted less, or needs consent now: its codes are void, and its sessions end that have more scope
     * than it may be granted, or more scope or other APIs than their users have consented to.
     */
    void endWhatGoesBeyond(@Observes ScopeReduced reduced) {
        Client client = new Client(new Versioned<>(Versioned.NO_ROW, reduced.client()));
        codes.withdraw(client.id());
        List<UUID> beyond = entities.createQuery(
                        "select s.id, s.scope, s.audience, c from Session s left join Consent c"
                                + " on c.userId = s.userId and c.applicationId = s.applicationId"
                                + " where s.applicationId = :application and s.userId is not null"
                                + " and s.state <> :ended",
                        Object[].class)
                .setParameter("application", client.id())
                .setParameter("ended", SessionState.ENDED)
                .getResultStream()
                .filter(row -> !mayHave(client, (String) row[1], (String) row[2], (Consent) row[3]))
                .map(row -> (UUID) row[0])
                .toList();
        sessions.end(beyond, EndReason.REVOKED);
    }

    private boolean mayHave(Client client, String scope, String audience, @Nullable Consent consent) {
        return GrantedScope.isStill(scope, client.application())
                && (client.application().isTrusted()
                        || (consent != null && consent.covers(client, scope, audience, audiences)));
    }

    /** Locks the application; empty where it may not have any more what it asked for. */
    private Optional<Client> admit(AuthorizationCall call) {
        return clients.admit(call.client())
                .filter(client -> client.sendsBackTo(call.redirectUri())
                        && GrantedScope.isStill(call.scope(), client.application()));
    }

    private boolean hasConsent(Client client, AuthorizationCall call, UUID userId) {
        return isKnown(client, call)
                && sessions.admitUser(userId).isPresent()
                && find(userId, client.id())
                        .filter(found -> found.covers(client, call.scope(), call.audience(), audiences))
                        .isPresent();
    }

    private Optional<Consent> find(UUID userId, String applicationId) {
        return entities.createQuery(
                        "select c from Consent c where c.userId = :user and c.applicationId = :application",
                        Consent.class)
                .setParameter("user", userId)
                .setParameter("application", applicationId)
                .getResultStream()
                .findFirst();
    }

    private static UUID userOf(Caller caller) {
        return caller.userId().orElseThrow(ApiException::notAUser);
    }
}
