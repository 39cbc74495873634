package org.lapse.organizations.directory;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.page.Unguessable;
import org.lapse.platform.retention.Retention;

/**
 * The links by which people who have forgotten their password set another one: an administrator makes one and hands it
 * over. It works once and not for long; the database keeps the digest of its code alone. Each method is one transaction,
 * which locks the user before the link.
 *
 * @see <a href="https://owasp.org/www-project-application-security-verification-standard/">OWASP ASVS 5.0, 6.4.3</a>
 */
@Singleton
@Transactional
class PasswordLinks {
    private static final String PAGE = "/password/#";
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final EntityManager entities;
    private final Users users;
    private final UserAccounts accounts;
    private final IssuerIdentifier issuer;
    private final Event<Administered> administered;
    private final Event<PasswordLinkEvent> events;
    private final WallClock clock;
    private final Duration lifetime;

    @Produces
    static Retention retention() {
        return Retention.of("links to set a password by", PasswordLink.class, "e.expiresAt", Duration.ofDays(30));
    }

    @Inject
    PasswordLinks(
            EntityManager entities,
            Users users,
            UserAccounts accounts,
            IssuerIdentifier issuer,
            Event<Administered> administered,
            Event<PasswordLinkEvent> events,
            WallClock clock,
            @ConfigProperty(name = "lapse.password.link-lifetime", defaultValue = "PT1H") Duration lifetime) {
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "lapse.password.link-lifetime is from " + SHORTEST + " to " + LONGEST + ", not " + lifetime);
        }
        this.entities = entities;
        this.users = users;
        this.accounts = accounts;
        this.issuer = issuer;
        this.administered = administered;
        this.events = events;
        this.clock = clock;
        this.lifetime = lifetime;
    }

    /**
     * Makes a link for a user, in the place of those before.
     *
     * @throws ApiException 403 {@code not.authorized} where the user may do what the caller may not, or is the caller;
     *     401 {@code insufficient_user_authentication} where the caller has to sign in again; 409 where the user may not
     *     sign in
     */
    PasswordLinkBody make(Caller caller, UUID userId) {
        users.lock(Set.of(userId));
        if (caller.userId().filter(userId::equals).isPresent()) {
            throw ApiException.notAuthorized("Nobody makes such a link for themselves: change your password instead.");
        }
        accounts.mustMaySetPassword(caller, userId);
        User user = users.find(caller.organizationId(), userId).orElseThrow(ApiException::notFound);
        if (!user.isEnabled()) {
            throw ApiException.conflict("The user may not sign in: enable the user first.");
        }
        end(userId, PasswordLink.Obstacle.REPLACED);
        String code = Unguessable.next();
        PasswordLink made = new PasswordLink(
                Claimant.digest(code),
                user,
                users.entitlements(user).permissions(),
                clock.now().plus(lifetime));
        entities.persist(made);
        administered.fire(new Administered(
                caller,
                "user.password.link.create",
                "user",
                userId.toString(),
                null,
                Map.of("dateExpires", made.expiresAt())));
        return new PasswordLinkBody(URI.create(issuer.endpoint(PAGE).toString() + code), made.expiresAt());
    }

    /** Whose password somebody may set who comes with that code; empty where it is void, which is told to the audit. */
    Optional<User> find(String code) {
        return open(code).map(Opened::user);
    }

    /**
     * Sets the password of the user to whom the code belongs, ends the user's sessions, and makes the code void.
     *
     * @param newHash the hash of the new password
     * @return the user; empty where the code is void, which is told to the audit
     */
    Optional<User> use(String code, String newHash) {
        return open(code).map(opened -> {
            User user = opened.user();
            opened.link().use();
            entities.flush();
            accounts.replaceForgotten(user, newHash);
            tell(opened.link(), PasswordLinkEvent.Kind.USE, Optional.empty());
            return user;
        });
    }

    private Optional<Opened> open(String code) {
        if (!Unguessable.hasForm(code)) {
            return Optional.empty();
        }
        byte[] digest = Claimant.digest(code);
        PasswordLink seen = entities.find(PasswordLink.class, digest);
        if (seen == null) {
            return Optional.empty();
        }
        users.lock(Set.of(seen.userId()));
        PasswordLink link = RowLocks.find(entities, PasswordLink.class, digest, LockModeType.PESSIMISTIC_WRITE)
                .orElse(null);
        if (link == null) {
            return Optional.empty();
        }
        Optional<User> user = users.find(link.organizationId(), link.userId()).filter(User::isEnabled);
        Optional<PasswordLink.Obstacle> objection = user.isEmpty()
                ? Optional.of(PasswordLink.Obstacle.USER_DISABLED)
                : link.objection(users.entitlements(user.get()).permissions(), clock.now());
        if (objection.isPresent()) {
            if (link.refuse()) {
                tell(link, PasswordLinkEvent.Kind.REFUSE, objection);
            }
            return Optional.empty();
        }
        return user.map(found -> new Opened(link, found));
    }

    private void tell(PasswordLink link, PasswordLinkEvent.Kind kind, Optional<PasswordLink.Obstacle> reason) {
        events.fire(new PasswordLinkEvent(
                link.organizationId(),
                link.userId(),
                kind,
                reason.map(PasswordLink.Obstacle::wireName).orElse(null),
                clock.now()));
    }

    void endAfter(@Observes PasswordChanged changed) {
        end(changed.userId(), PasswordLink.Obstacle.PASSWORD_CHANGED);
    }

    void endAfter(@Observes UserDisabled disabled) {
        end(disabled.userId(), PasswordLink.Obstacle.USER_DISABLED);
    }

    private void end(UUID userId, PasswordLink.Obstacle reason) {
        entities.createQuery("update PasswordLink l set l.endReason = :reason"
                        + " where l.userId = :user and l.endReason is null")
                .setParameter("reason", reason)
                .setParameter("user", userId)
                .executeUpdate();
    }

    private record Opened(PasswordLink link, User user) {}
}
