package org.lapse.insight.delivery;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * So much failed for so long that a receiver is tried once a minute from now on. Fired once, inside the transaction that
 * writes it.
 *
 * @param organizationId the organization of the receiver
 * @param applicationId the application that hears no more
 * @param at when it was noticed
 * @param error what went wrong last
 */
public record ReceiverFailing(
        UUID organizationId,
        String applicationId,
        Instant at,
        @Nullable String error) {
    static ReceiverFailing of(Receiver receiver, Instant at) {
        return new ReceiverFailing(receiver.organizationId(), receiver.id(), at, receiver.lastError());
    }
}
