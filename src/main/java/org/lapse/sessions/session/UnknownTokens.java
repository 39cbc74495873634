package org.lapse.sessions.session;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.lapse.platform.api.ApiException;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.nodes.ThisNode;

/**
 * Access tokens that this node does not know, because another node has given them and the news is still under way. Such
 * a token is looked up in the database. What we did not sign, or what has expired, never gets there; and what nobody
 * holds any more is asked for once. A node that is alone looks nothing up: it has given all tokens itself.
 */
@Singleton
class UnknownTokens {
    /** So many may look a token up at the same time; they hold a connection each. */
    private static final int PLACES = 16;

    /** So many tokens are remembered that nobody holds any more. */
    private static final int REMEMBERED = 20_000;

    private static final int RETRY_AFTER_SECONDS = 1;

    private final ThisNode node;
    private final IssuedTokens issued;
    private final LedgerProjection projection;
    private final Semaphore places = new Semaphore(PLACES);
    private final Set<TokenDigest> over = Collections.newSetFromMap(Collections.synchronizedMap(new Latest()));

    @Inject
    UnknownTokens(ThisNode node, IssuedTokens issued, LedgerProjection projection) {
        this.node = node;
        this.issued = issued;
        this.projection = projection;
    }

    /**
     * Has the ledger learn the session of a token that it does not know.
     *
     * @return whether there may be such a session in the ledger now
     * @throws ApiException 503 where too many look tokens up already
     */
    boolean learn(String accessToken, TokenDigest digest, Instant now) {
        if (node.isAlone() || over.contains(digest) || !issued.isAlive(accessToken, now)) {
            return false;
        }
        if (!places.tryAcquire()) {
            throw ApiException.serviceUnavailable(
                    "Too many access tokens of other nodes are being looked up.", RETRY_AFTER_SECONDS);
        }
        try {
            boolean found = projection.readThrough(digest, now);
            if (!found) {
                over.add(digest);
            }
            return found;
        } finally {
            places.release();
        }
    }

    /** Forgets what was added first once there are too many. */
    private static final class Latest extends LinkedHashMap<TokenDigest, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TokenDigest, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
