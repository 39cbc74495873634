package org.lapse.insight.audit;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a person or to a session of theirs, on the wire.
 *
 * @param id the record of the audit that says it
 * @param date when it happened
 * @param action what happened, such as {@code session.lock}, in the words of the audit
 * @param sessionId to which session; left out where it was none
 * @param application in which application; left out where there is none
 * @param by by whom or by what
 * @param remoteAddress from where; left out where no request was the cause
 * @param reason why a session ended, or what was used or refused
 * @param session what is known of a session that ended or locked: its last activity, and the deadline and the rule
 *     where inactivity did it
 */
public record TimelineEntry(
        UUID id,
        Instant date,
        String action,
        @Nullable UUID sessionId,
        @Nullable Named application,
        By by,
        @Nullable String remoteAddress,
        @Nullable String reason,
        @Nullable SessionProof session) {

    /**
     * An application or a user.
     *
     * @param id its id
     * @param name what people call it
     */
    public record Named(String id, String name) {}

    /**
     * Who or what did something.
     *
     * @param type {@code user}, {@code application}, {@code policy} for what a rule did, or {@code unknown}
     * @param id the user or application; left out for the others, and where it is not for the caller to know
     * @param name what people call it; left out like the id
     * @param self whether it is the person whom it concerns
     */
    public record By(
            String type, @Nullable String id, @Nullable String name, boolean self) {}
}
