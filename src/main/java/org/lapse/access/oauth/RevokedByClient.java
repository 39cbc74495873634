package org.lapse.access.oauth;

import java.util.UUID;

/**
 * A client has ended a session of its own by giving a token back (RFC 7009), so it knows. Fired inside the transaction
 * that ends the session, after that was told; not where something else had ended it before.
 *
 * @param clientId the client
 * @param sessionId the session
 */
public record RevokedByClient(String clientId, UUID sessionId) {}
