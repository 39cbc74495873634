package org.lapse.access.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.session.SessionState;

/**
 * A session as its own user sees it.
 *
 * @param id the session
 * @param applicationId the application that holds its token
 * @param applicationName what people call that
 * @param isOwn whether it is the session that asks, or one of the browser that asks
 * @param state whether it is in use or locked
 * @param address from where the user signed in for it; null where it belongs to no browser
 * @param browser the browser, roughly; null where it does not say
 * @param openedAt when it was opened
 * @param lastActivityAt when it was used last
 * @param deadline when it ends or locks if nothing happens
 */
record OwnSession(
        UUID id,
        String applicationId,
        String applicationName,
        boolean isOwn,
        SessionState state,
        @Nullable String address,
        @Nullable String browser,
        Instant openedAt,
        Instant lastActivityAt,
        Instant deadline) {}
