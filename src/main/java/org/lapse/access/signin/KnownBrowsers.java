package org.lapse.access.signin;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.page.BrowserCookies;
import org.lapse.platform.page.Unguessable;
import org.lapse.platform.retention.Retention;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * The browsers in which users have signed in: strangers who guess do not shut them out. A browser is known by a cookie
 * of 256 random bits, of which only the digest is stored. It signs nobody in, and stays when somebody signs out.
 *
 * @see <a href="https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies">OWASP, device
 *     cookies</a>
 */
@Singleton
@Transactional
public class KnownBrowsers {
    private static final String COOKIE = "lapse_device";

    /** As long as browsers keep a cookie at the most (RFC 6265bis section 5.5). */
    private static final Duration KEPT = Duration.ofDays(400);

    private static final UUID NOBODY = new UUID(0, 0);

    private final EntityManager entities;
    private final Users users;
    private final BrowserCookies cookies;
    private final WallClock clock;
    private final int most;

    @Produces
    static Retention retention() {
        return Retention.of("browsers in which nobody signs in any more", KnownBrowser.class, "e.lastUsedAt", KEPT);
    }

    @Inject
    KnownBrowsers(
            EntityManager entities,
            Users users,
            BrowserCookies cookies,
            WallClock clock,
            @ConfigProperty(name = "lapse.password.known-browsers", defaultValue = "20") int most) {
        if (most < 0) {
            throw new IllegalArgumentException("lapse.password.known-browsers is 0, for none, or more, not " + most);
        }
        this.entities = entities;
        this.users = users;
        this.cookies = cookies;
        this.clock = clock;
        this.most = most;
    }

    /** The browser of a request, if the user of that name has signed in there before. Unknown names take as long. */
    public Optional<UUID> find(UUID organizationId, String username, HttpServletRequest request) {
        return cookie(request)
                .flatMap(cookie -> find(
                        users.findByUsername(organizationId, username)
                                .map(User::id)
                                .orElse(NOBODY),
                        digestOf(cookie)));
    }

    private Optional<UUID> find(UUID userId, byte[] digest) {
        return entities.createQuery(
                        "select b.id from KnownBrowser b where b.userId = :user and b.cookieDigest = :digest",
                        UUID.class)
                .setParameter("user", userId)
                .setParameter("digest", digest)
                .getResultStream()
                .findFirst();
    }

    private Optional<String> cookie(HttpServletRequest request) {
        return cookies.read(request, COOKIE).filter(Unguessable::hasForm);
    }

    /**
     * The user has signed in in the browser of a request. Of too many browsers those are forgotten that were not used
     * for longest.
     *
     * @param signInId the sign-in there; null where there is none
     */
    public void remember(User user, @Nullable UUID signInId, HttpServletRequest request, HttpServletResponse response) {
        if (most == 0) {
            return;
        }
        // A cookie that nobody has signed in with may be one that somebody has planted.
        String cookie = cookie(request).filter(this::isKnown).orElseGet(Unguessable::next);
        byte[] digest = digestOf(cookie);
        Instant now = clock.now();
        if (!use(user.id(), digest, signInId, now)) {
            insert(user.id(), digest, now);
            use(user.id(), digest, signInId, now);
            forgetLeastUsed(user.id());
        }
        cookies.setFor(KEPT, response, COOKIE, cookie);
    }

    private boolean isKnown(String cookie) {
        return !entities.createQuery("select b.id from KnownBrowser b where b.cookieDigest = :digest", UUID.class)
                .setParameter("digest", digestOf(cookie))
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    private boolean use(UUID userId, byte[] digest, @Nullable UUID signInId, Instant now) {
        return entities.createQuery("update KnownBrowser b set b.lastUsedAt = :now, b.signInId = :signIn"
                                + " where b.userId = :user and b.cookieDigest = :digest")
                        .setParameter("now", now)
                        .setParameter("signIn", signInId)
                        .setParameter("user", userId)
                        .setParameter("digest", digest)
                        .executeUpdate()
                > 0;
    }

    /** Of two tabs that come at once one inserts it. */
    private void insert(UUID userId, byte[] digest, Instant now) {
        entities.createNativeQuery("insert into known_browser (id, user_id, cookie_digest, last_used_at)"
                        + " values (?1, ?2, ?3, ?4) on conflict do nothing")
                .setParameter(1, UUID.randomUUID())
                .setParameter(2, userId)
                .setParameter(3, digest)
                .setParameter(4, now)
                .executeUpdate();
    }

    private void forgetLeastUsed(UUID userId) {
        List<UUID> tooMany = entities.createQuery(
                        "select b.id from KnownBrowser b where b.userId = :user order by b.lastUsedAt desc, b.id",
                        UUID.class)
                .setParameter("user", userId)
                .setFirstResult(most)
                .getResultList();
        if (!tooMany.isEmpty()) {
            entities.createQuery("delete from KnownBrowser b where b.id in :ids")
                    .setParameter("ids", tooMany)
                    .executeUpdate();
        }
    }

    /**
     * The user has another password: who knew the old one may have signed in anywhere.
     *
     * @param signInId the sign-in of the browser that made the change, which stays known; null for none
     */
    @Transactional(TxType.MANDATORY)
    void forgetOthers(UUID userId, @Nullable UUID signInId) {
        entities.createQuery("delete from KnownBrowser b where b.userId = :user"
                        + " and (b.signInId is null or b.signInId <> :signIn)")
                .setParameter("user", userId)
                .setParameter("signIn", signInId == null ? NOBODY : signInId)
                .executeUpdate();
    }

    private static byte[] digestOf(String cookie) {
        return TokenDigest.of(cookie).bytes();
    }
}
