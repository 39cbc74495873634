package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.application.OnInactivity;
import org.lapse.organizations.settings.Restrictions;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.TokenAudiences;
import org.lapse.platform.api.TrustedProxies;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.nodes.ThisNode;

/**
 * Admits calls by their access tokens: the deadline first, then what the organization says about addresses and domains.
 * The gate, the interface and the endpoints of OAuth ask it, and it answers from memory. Only among several nodes it
 * asks the database: about a token that it has not seen yet, and before it says that a session has lapsed. Whether an
 * admitted call counts as activity {@link ActivityRecorder} decides.
 */
@Singleton
public class Admission {
    private static final int RETRY_AFTER_SECONDS = 1;

    private final SessionLedger<SessionPrincipal> ledger;
    private final DeadlineEnforcement dueSessions;
    private final Lapses lapses;
    private final ThisNode node;
    private final LaterUses laterUses;
    private final UnknownTokens unknownTokens;
    private final TrustedProxies proxies;
    private final TokenAudiences audiences;
    private final WallClock clock;

    @Inject
    Admission(
            SessionLedger<SessionPrincipal> ledger,
            DeadlineEnforcement dueSessions,
            Lapses lapses,
            ThisNode node,
            LaterUses laterUses,
            UnknownTokens unknownTokens,
            TrustedProxies proxies,
            TokenAudiences audiences,
            WallClock clock) {
        this.ledger = ledger;
        this.dueSessions = dueSessions;
        this.lapses = lapses;
        this.node = node;
        this.laterUses = laterUses;
        this.unknownTokens = unknownTokens;
        this.proxies = proxies;
        this.audiences = audiences;
        this.clock = clock;
    }

    /**
     * What an access token gives to a call now.
     *
     * @param request the call, or the request of the proxy that asks about it: its client's address and its header
     *     {@code Origin} are held against the organization's {@link Restrictions}
     */
    public Access admit(String accessToken, HttpServletRequest request) {
        Instant now = clock.now();
        LiveSession<SessionPrincipal> session = holder(accessToken, now);
        return session == null ? Access.Refused.UNKNOWN : admit(session, request, now);
    }

    /** The same for a call of our own interface, which knows no tokens that are for other APIs alone. */
    public Access admitHere(String accessToken, HttpServletRequest request) {
        Instant now = clock.now();
        LiveSession<SessionPrincipal> session = holder(accessToken, now);
        if (session == null) {
            return Access.Refused.UNKNOWN;
        }
        return audiences.isOurs(session.principal().audience())
                ? admit(session, request, now)
                : Access.Refused.FOR_OTHERS;
    }

    private Access admit(LiveSession<SessionPrincipal> session, HttpServletRequest request, Instant now) {
        Access access = access(session, now);
        if (access instanceof Access.Refused) {
            return access;
        }
        Restrictions permitted = EffectivePolicy.of(session).restrictions();
        return permitted.permitAll()
                ? access
                : permitted
                        .refusal(proxies.clientOf(request), request.getHeader("Origin"))
                        .<Access>map(Access.Forbidden::new)
                        .orElse(access);
    }

    /** What an access token gives now, from wherever it comes. */
    public Access access(String accessToken) {
        Instant now = clock.now();
        LiveSession<SessionPrincipal> session = holder(accessToken, now);
        return session == null ? Access.Refused.UNKNOWN : access(session, now);
    }

    /**
     * The session of a token for a call that came at a moment before this is asked.
     *
     * @throws org.lapse.platform.api.ApiException 503 where this node may grant nothing, because others cannot know of
     *     it
     */
    private @Nullable LiveSession<SessionPrincipal> holder(String accessToken, Instant now) {
        if (!node.mayGrant()) {
            throw ApiException.serviceUnavailable(
                    "This node has lost touch with the database, which decides who may pass.", RETRY_AFTER_SECONDS);
        }
        return find(accessToken, now).orElse(null);
    }

    private Optional<LiveSession<SessionPrincipal>> find(String accessToken, Instant now) {
        TokenDigest digest = TokenDigest.of(accessToken);
        Optional<LiveSession<SessionPrincipal>> found = ledger.find(digest, now);
        return found.isEmpty() && unknownTokens.learn(accessToken, digest, now) ? ledger.find(digest, now) : found;
    }

    /**
     * What is found past its deadline stays so, whether the timer has come round or not, unless another node knows of a
     * later use.
     */
    private Access access(LiveSession<SessionPrincipal> session, Instant now) {
        return switch (laterUses.statusOf(session, now)) {
            case ACTIVE -> new Access.Granted(session);
            case LOCKED -> new Access.Locked(session);
            case INACTIVE ->
                dueSessions.onInactivity(session.principal()) == OnInactivity.LOCK
                        ? new Access.Locked(session)
                        : Access.Refused.INACTIVE;
            case EXPIRED -> Access.Refused.EXPIRED;
            case ENDED -> Access.Refused.ENDED;
        };
    }

    /** The live session of an access token, wherever it stands; empty where the token is unknown or has ended. */
    public Optional<LiveSession<SessionPrincipal>> find(String accessToken) {
        return find(accessToken, clock.now());
    }

    /** The session of that id where it has a token that is alive, wherever it stands. */
    public Optional<LiveSession<SessionPrincipal>> find(UUID sessionId) {
        return ledger.find(sessionId);
    }

    /** The same, where another node may just have opened it: one that is not known is read from the database. */
    public Optional<LiveSession<SessionPrincipal>> findOrRead(UUID sessionId) {
        if (ledger.find(sessionId).isEmpty()) {
            lapses.followRows(List.of(sessionId), clock.now());
        }
        return ledger.find(sessionId);
    }
}
