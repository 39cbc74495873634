package org.lapse.insight.oversight;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.session.OverruledBody;

/**
 * A live session on the wire.
 *
 * @param id its id
 * @param user whose it is; left out of an application's own
 * @param application the application that holds its token
 * @param state {@code active}, {@code held} while open work keeps it, or {@code locked}
 * @param current whether it makes this call
 * @param dateOpened since when it is there
 * @param dateLastActivity when its timer was reset last
 * @param lastResetBy what did that: a call such as {@code GET api/v2/users/{}/timeout}, in which {@code {}} stands for
 *     an id, or {@code sign-in}, {@code re-login}, or {@code other}; left out where it has not been used since the
 *     server started
 * @param deadline when it ends or locks unless it is used
 * @param secondsLeft until then
 * @param dateExpires when its token's absolute life is over
 * @param dateLocked since when it is locked
 * @param heldUntil when the open work is over at the latest
 * @param onInactivity what happens at the deadline: {@code revoke} or {@code lock}
 * @param timeoutSeconds how long it may go unused; left out where only its absolute life ends it
 * @param rule which rule decided that
 * @param bundlePriority the priority of the group bundle that decided, where it is one
 * @param bundleName what administrators call that bundle, where it has a name
 * @param option the application's option that decided, such as {@code [security] inactivity-timeout}, where it is one
 * @param reason why, in one sentence for an administrator
 * @param overruled the rules that it beat
 * @param selfUri where it is
 */
public record LiveSessionBody(
        UUID id,
        @Nullable Holder user,
        Holder application,
        String state,
        boolean current,
        @Nullable Instant dateOpened,
        Instant dateLastActivity,
        @Nullable String lastResetBy,
        Instant deadline,
        double secondsLeft,
        Instant dateExpires,
        @Nullable Instant dateLocked,
        @Nullable Instant heldUntil,
        String onInactivity,
        @Nullable Long timeoutSeconds,
        String rule,
        @Nullable Integer bundlePriority,
        @Nullable String bundleName,
        @Nullable String option,
        String reason,
        List<OverruledBody> overruled,
        String selfUri) {

    /**
     * A user or an application.
     *
     * @param id its id
     * @param name what people call it
     * @param username a user's name for signing in
     * @param selfUri where it is
     */
    public record Holder(String id, String name, @Nullable String username, String selfUri) {}

    static double secondsUntil(Instant deadline, Instant now) {
        return Math.max(0, Duration.between(now, deadline).toMillis()) / 1000.0;
    }
}
