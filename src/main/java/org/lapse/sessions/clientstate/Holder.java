package org.lapse.sessions.clientstate;

import jakarta.persistence.Embeddable;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whose document it is, session after session.
 *
 * @param applicationId the application that stores it
 * @param subject for whom it does, as the claim {@code sub} says: the user's id, or the application's own where it acts
 *     on its own
 */
@Embeddable
record Holder(String applicationId, String subject) {
    /** In which the documents of several are locked. */
    static final Comparator<Holder> ORDER =
            Comparator.comparing(Holder::applicationId).thenComparing(Holder::subject);

    static Holder of(String applicationId, @Nullable UUID userId) {
        return new Holder(applicationId, userId == null ? applicationId : userId.toString());
    }
}
