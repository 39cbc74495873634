package org.lapse.access.account;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One's own session on the wire.
 *
 * @param id the session
 * @param application the application that holds its token
 * @param current whether its token makes the call
 * @param state {@code active} or {@code locked}
 * @param address from where its user signed in; null where it belongs to no browser
 * @param browser the browser, roughly, such as {@code Firefox, Windows}; null where it does not say
 * @param dateOpened when it was opened
 * @param dateLastActivity when it was used last
 * @param deadline when it ends or locks if nothing happens
 * @param selfUri where this is
 */
public record OwnSessionBody(
        UUID id,
        ApplicationReference application,
        boolean current,
        String state,
        @Nullable String address,
        @Nullable String browser,
        Instant dateOpened,
        Instant dateLastActivity,
        Instant deadline,
        String selfUri) {
    static OwnSessionBody of(OwnSession session) {
        return new OwnSessionBody(
                session.id(),
                new ApplicationReference(session.applicationId(), session.applicationName()),
                session.isOwn(),
                session.state().name().toLowerCase(Locale.ROOT),
                session.address(),
                session.browser(),
                session.openedAt(),
                session.lastActivityAt(),
                session.deadline(),
                OwnSessionsResource.PATH + "/" + session.id());
    }

    /**
     * An application.
     *
     * @param id the {@code client_id}
     * @param name what people call it
     */
    public record ApplicationReference(String id, String name) {}
}
