package org.lapse.sessions.presence;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.MultiLine;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.Verbatim;

/** {@code /api/v2/users/{userId}/presences}: what a user shows to others. There is one source, {@code PURECLOUD}. */
@Singleton
@Path("v2/users/{userId}/presences")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class PresencesResource {
    static final String SOURCE = "PURECLOUD";

    @Inject
    private Colleagues colleagues;

    @Inject
    private Presences presences;

    @Inject
    private Choices choices;

    /** The presence of a user of the caller's organization. */
    @GET
    @Path("purecloud")
    @Operation(summary = "A user's presence")
    @Transactional
    public PresenceBody get(@PathParam("userId") UUID userId, @Context SecurityContext security) {
        User user = colleagues.find(userId, Caller.of(security));
        return PresenceBody.of(user, presences.of(user));
    }

    /** Changes the caller's own presence or, with {@code presence:userPresence:edit}, another user's. */
    @PATCH
    @Path("purecloud")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change a user's presence; On Queue makes the routing status IDLE, any other OFF_QUEUE")
    public PresenceBody patch(
            @PathParam("userId") UUID userId, @RequiredBody PresenceChange change, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Colleagues.requireForOthers(userId, caller, Permission.PRESENCE_USER_PRESENCE_EDIT);
        return choices.presence(caller, userId, change);
    }

    /** The same under the name of its source, as the vendor's older clients ask. */
    @GET
    @Path("{sourceId}")
    @Operation(summary = "A user's presence from a source; PURECLOUD is the only one")
    @Transactional
    public PresenceBody get(
            @PathParam("userId") UUID userId,
            @PathParam("sourceId") String sourceId,
            @Context SecurityContext security) {
        checkSource(sourceId);
        return get(userId, security);
    }

    /** The same under the name of its source, as the vendor's older clients ask. */
    @PATCH
    @Path("{sourceId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Change a user's presence at a source; PURECLOUD is the only one")
    public PresenceBody patch(
            @PathParam("userId") UUID userId,
            @PathParam("sourceId") String sourceId,
            @RequiredBody PresenceChange change,
            @Context SecurityContext security) {
        checkSource(sourceId);
        return patch(userId, change, security);
    }

    private static void checkSource(String sourceId) {
        if (!SOURCE.equalsIgnoreCase(sourceId)) {
            throw ApiException.notFound();
        }
    }

    /**
     * What a client may change of a presence; a field that is left out stays as it was. The vendor's clients send the
     * whole object, so the fields that only the server knows are read and ignored.
     *
     * @param presenceDefinition the presence, by its id
     * @param message what the user says besides; an empty one takes it away
     * @param id ignored
     * @param name ignored
     * @param source ignored
     * @param sourceId ignored
     * @param primary ignored
     * @param modifiedDate ignored
     * @param selfUri ignored
     */
    public record PresenceChange(
            @Nullable Definition presenceDefinition,
            @MultiLine @Nullable String message,
            @Nullable String id,
            @Verbatim @Nullable String name,
            @Nullable String source,
            @Nullable String sourceId,
            @Nullable Boolean primary,
            @Nullable String modifiedDate,
            @Nullable String selfUri) {
        private static final int LONGEST_MESSAGE = 500;

        Availability chosenBy(Availability before) {
            if (presenceDefinition == null) {
                return before;
            }
            if (presenceDefinition.id == null) {
                throw unknownPresence();
            }
            return before.choose(
                    SystemPresence.find(presenceDefinition.id).orElseThrow(PresenceChange::unknownPresence));
        }

        private static ApiException unknownPresence() {
            return ApiException.invalidValue(
                    "presenceDefinition.id", "presenceDefinition.id is an id of /api/v2/presence/definitions.");
        }

        @Nullable
        String checkedMessage() {
            if (message != null && message.length() > LONGEST_MESSAGE) {
                throw ApiException.invalidValue("message", "A message has at most 500 characters.");
            }
            return message;
        }
    }

    /**
     * A user's presence on the wire.
     *
     * @param id the user's id
     * @param name what people call the user
     * @param source {@code PURECLOUD}
     * @param primary whether it is the source that counts; always
     * @param presenceDefinition the presence
     * @param message what the user says besides
     * @param modifiedDate when presence or message changed last
     * @param selfUri where this presence is
     */
    public record PresenceBody(
            UUID id,
            String name,
            String source,
            boolean primary,
            Definition presenceDefinition,
            @Nullable String message,
            Instant modifiedDate,
            String selfUri) {
        static PresenceBody of(User user, UserPresence presence) {
            return new PresenceBody(
                    user.id(),
                    user.name(),
                    SOURCE,
                    true,
                    Definition.of(presence.availability().presence()),
                    presence.message(),
                    presence.modifiedAt(),
                    "/api/v2/users/" + user.id() + "/presences/purecloud");
        }
    }

    /**
     * A presence by its id and name.
     *
     * @param id the id, the same in every organization
     * @param systemPresence the vendor's name for it, such as {@code On Queue}; ignored in a change
     * @param selfUri where its definition is; ignored in a change
     */
    public record Definition(
            @Nullable String id,
            @Nullable String systemPresence,
            @Nullable String selfUri) {
        static Definition of(SystemPresence presence) {
            return new Definition(presence.id(), presence.wireName(), presence.definitionUri());
        }
    }
}
