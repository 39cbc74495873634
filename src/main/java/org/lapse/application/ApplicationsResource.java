package org.lapse.application;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.api.Administered;
import org.lapse.api.ApiException;
import org.lapse.api.Caller;
import org.lapse.api.Permission;
import org.lapse.api.RecordsActivity;
import org.lapse.api.RequiresPermission;
import org.lapse.api.Texts;
import org.lapse.clock.WallClock;

/** {@code /api/v2/applications}: applications with their options by section, as the Framework keeps them. */
@Singleton
@Path("v2/applications")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ApplicationsResource {
    @Inject
    private Applications applications;

    @Inject
    private Event<Administered> administered;

    @Inject
    private WallClock clock;

    /** One application of the caller's organization. */
    @GET
    @Path("{id}")
    @RequiresPermission(Permission.OAUTH_CLIENT_VIEW)
    @Operation(summary = "An application with its options by section")
    @Transactional
    public ApplicationBody get(@PathParam("id") String id, @Context SecurityContext security) {
        return ApplicationBody.of(find(id, Caller.of(security)));
    }

    /** Changes what the body names and leaves the rest; an option that is null goes away. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.OAUTH_CLIENT_EDIT)
    @Operation(summary = "Change an application's name, description or options; holds for live sessions at once")
    @Transactional
    public ApplicationBody put(
            @PathParam("id") String id, @Nullable ApplicationChange change, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        Application application = find(id, caller);
        ApplicationBody before = ApplicationBody.of(application);
        ApiException.present(change).apply(application, clock.now());
        applications.changed(application);
        ApplicationBody after = ApplicationBody.of(application);
        administered.fire(new Administered(caller, "application.update", "application", id, before, after));
        return after;
    }

    private Application find(String id, Caller caller) {
        return applications.find(caller.organizationId(), id).orElseThrow(ApiException::notFound);
    }

    /**
     * What a client may change of an application; a field that is left out stays as it was.
     *
     * @param name what people call it
     * @param description what it is for
     * @param options section, key, value; a null value takes the option away
     */
    public record ApplicationChange(
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, Map<String, @Nullable String>> options) {
        private static final int LONGEST_PLACE = 255;
        private static final int LONGEST_VALUE = 4000;

        void apply(Application application, Instant now) {
            if (name != null) {
                application.rename(Texts.name("name", name), now);
            }
            if (description != null) {
                application.describe(Texts.description("description", description), now);
            }
            if (options != null) {
                options.forEach((section, values) -> setOptions(application, section, values, now));
            }
        }

        private static void setOptions(
                Application application, String section, @Nullable Map<String, @Nullable String> values, Instant now) {
            String path = "options." + section;
            if (section.isBlank() || section.length() > LONGEST_PLACE || values == null) {
                throw ApiException.invalidValue(path, "A section has a name of 1 to 255 characters and options.");
            }
            values.forEach((key, value) -> {
                if (key.isBlank()
                        || key.length() > LONGEST_PLACE
                        || (value != null && value.length() > LONGEST_VALUE)) {
                    throw ApiException.invalidValue(
                            path + "." + key, "An option has a key of 1 to 255 and a value of up to 4000 characters.");
                }
                application.setOption(section, key, value, now);
            });
        }
    }

    /**
     * An application on the wire.
     *
     * @param id the id; the OAuth {@code client_id}
     * @param name what people call it
     * @param description what it is for
     * @param state {@code active} or {@code disabled}
     * @param authorizedGrantType the vendor's name of the way in which it gets its tokens
     * @param accessTokenValiditySeconds how long its tokens live at the most
     * @param options section, key, value
     * @param dateCreated since when it exists
     * @param dateModified when it was changed last
     * @param version counts the changes
     * @param selfUri where this application is
     */
    public record ApplicationBody(
            String id,
            String name,
            @Nullable String description,
            String state,
            String authorizedGrantType,
            long accessTokenValiditySeconds,
            Map<String, Map<String, String>> options,
            Instant dateCreated,
            Instant dateModified,
            int version,
            String selfUri) {
        static ApplicationBody of(Application application) {
            return new ApplicationBody(
                    application.id(),
                    application.name(),
                    application.description(),
                    application.state().wireName(),
                    application.authorizedGrantType().wireName(),
                    application.tokenValidity().toSeconds(),
                    application.options(),
                    application.createdAt(),
                    application.modifiedAt(),
                    application.version(),
                    "/api/v2/applications/" + application.id());
        }
    }
}
