package org.lapse.insight.notification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.presence.PresenceChanged;
import org.lapse.sessions.session.EndReason;
import org.lapse.sessions.session.SessionEvent;
import org.lapse.sessions.session.SessionPrincipal;
import org.lapse.sessions.session.SessionsChangedElsewhere;

/** What happened to a user, under the vendor's names. */
sealed interface EventBody {
    /**
     * A presence by its id and name.
     *
     * @param id the id, the same in every organization
     * @param systemPresence the vendor's name for it
     */
    record Definition(String id, String systemPresence) {}

    /**
     * Of {@code v2.users.{id}.presence}.
     *
     * @param source where it was chosen
     * @param presenceDefinition the presence
     * @param primary whether it is the source that counts; always
     * @param message what the user says besides
     * @param modifiedDate when presence or message changed last
     */
    record Presence(
            String source,
            Definition presenceDefinition,
            boolean primary,
            @Nullable String message,
            Instant modifiedDate)
            implements EventBody {
        static Presence of(PresenceChanged now) {
            return new Presence(
                    now.source(),
                    new Definition(now.presenceId(), now.systemPresence()),
                    true,
                    now.message(),
                    now.modifiedAt());
        }
    }

    /**
     * A routing status.
     *
     * @param userId whose it is
     * @param status the status
     * @param startTime since when
     */
    record Status(UUID userId, String status, Instant startTime) {
        static Status of(PresenceChanged now) {
            return new Status(now.userId(), now.routingStatus(), now.routingStatusSince());
        }
    }

    /**
     * Of {@code v2.users.{id}.routingStatus}.
     *
     * @param id the user's id
     * @param routingStatus the routing status
     */
    record RoutingStatus(UUID id, Status routingStatus) implements EventBody {
        static RoutingStatus of(PresenceChanged now) {
            return new RoutingStatus(now.userId(), Status.of(now));
        }
    }

    /**
     * A presence as it stands in an activity.
     *
     * @param presenceDefinition the presence
     * @param presenceMessage what the user says besides
     * @param modifiedDate when presence or message changed last
     */
    record Shown(Definition presenceDefinition, @Nullable String presenceMessage, Instant modifiedDate) {}

    /**
     * Of {@code v2.users.{id}.activity}.
     *
     * @param id the user's id
     * @param routingStatus the routing status
     * @param presence the presence
     */
    record Activity(UUID id, Status routingStatus, Shown presence) implements EventBody {
        static Activity of(PresenceChanged now) {
            return new Activity(
                    now.userId(),
                    Status.of(now),
                    new Shown(new Definition(now.presenceId(), now.systemPresence()), now.message(), now.modifiedAt()));
        }
    }

    /**
     * A user by the id.
     *
     * @param id the id
     * @param selfUri where the user is
     */
    record UserReference(UUID id, String selfUri) {
        static UserReference of(UUID id) {
            return new UserReference(id, "/api/v2/users/" + id);
        }
    }

    /**
     * Of {@code v2.users.{id}.tokens}. Nothing in it lets anybody use the token.
     *
     * @param user whose token it is
     * @param sessionId the session that has it, or had it
     * @param clientId the application that has it
     * @param dateCreated when it was given; null where the session ended
     * @param tokenExpirationDate when its life is over at the latest; null where the session ended
     * @param dateEnded when the session ended; null where a token was given
     * @param endReason why; null where a token was given
     */
    record Token(
            UserReference user,
            UUID sessionId,
            String clientId,
            @Nullable Instant dateCreated,
            @Nullable Instant tokenExpirationDate,
            @Nullable Instant dateEnded,
            @Nullable EndReason endReason)
            implements EventBody {
        static Token given(UUID userId, LiveSession<SessionPrincipal> session, Instant at) {
            return given(userId, session.id(), session.principal().applicationId(), at, session.expiresAt());
        }

        static Token given(UUID userId, SessionsChangedElsewhere.Token token) {
            SessionEvent.Subject session = token.session();
            return given(userId, session.id(), session.applicationId(), token.at(), token.expiresAt());
        }

        private static Token given(UUID userId, UUID sessionId, String applicationId, Instant at, Instant expiresAt) {
            return new Token(UserReference.of(userId), sessionId, applicationId, at, expiresAt, null, null);
        }

        static Token ended(UUID userId, SessionEvent.SessionEnded ended) {
            return new Token(
                    UserReference.of(userId),
                    ended.session().id(),
                    ended.session().applicationId(),
                    null,
                    null,
                    ended.at(),
                    ended.reason());
        }
    }
}
