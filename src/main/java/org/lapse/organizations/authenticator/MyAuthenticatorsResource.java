package org.lapse.organizations.authenticator;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.Verbatim;

/**
 * {@code /api/v2/users/me/authenticators}: one's own passkeys, authenticator app and recovery codes. Changes need a
 * sign-in that is recent, with a second factor where there is one; otherwise 401 with the challenge of RFC 9470.
 */
@Singleton
@Path("v2/users/me/authenticators")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class MyAuthenticatorsResource {
    static final String PATH = "/api/v2/users/me/authenticators";

    @Inject
    private Authenticators authenticators;

    /** What the user of the token has. */
    @GET
    @Operation(summary = "One's own passkeys, authenticator app and recovery codes")
    public AuthenticatorsBody get(@Context SecurityContext security) {
        return authenticators.of(Caller.of(security));
    }

    /** What the page hands to {@code navigator.credentials.create()}; good for five minutes and once. */
    @POST
    @Path("passkeys/options")
    @Operation(summary = "What a browser needs to make a passkey")
    public PasskeyOptions.Creation askForPasskey(@Context SecurityContext security) {
        return authenticators.askForPasskey(Caller.of(security));
    }

    /** Adds a passkey. */
    @POST
    @Path("passkeys")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Add a passkey that the browser has made")
    public AuthenticatorsBody.PasskeyBody addPasskey(
            @RequiredBody NewPasskey given, @Context SecurityContext security) {
        return authenticators.addPasskey(Caller.of(security), given.name(), given.credential());
    }

    /** Gives a passkey another name. */
    @PATCH
    @Path("passkeys/{passkeyId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Rename a passkey")
    public AuthenticatorsBody.PasskeyBody renamePasskey(
            @PathParam("passkeyId") UUID passkeyId,
            @RequiredBody PasskeyName given,
            @Context SecurityContext security) {
        return authenticators.renamePasskey(Caller.of(security), passkeyId, given.name());
    }

    /** Removes a passkey; 409 where the user must keep a second factor and this is the last. */
    @DELETE
    @Path("passkeys/{passkeyId}")
    @Operation(summary = "Remove a passkey")
    public Response deletePasskey(@PathParam("passkeyId") UUID passkeyId, @Context SecurityContext security) {
        authenticators.deletePasskey(Caller.of(security), passkeyId);
        return Response.ok().build();
    }

    /** A secret for an authenticator app, shown this once; it counts when a code has confirmed it. */
    @POST
    @Path("totp")
    @Operation(summary = "Begin to set up an authenticator app")
    public OneTimeCodes.Enrolment beginTotp(@Context SecurityContext security) {
        return authenticators.beginTotp(Caller.of(security));
    }

    /** Confirms the secret by the code that the app shows. */
    @POST
    @Path("totp/confirmation")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Confirm the authenticator app by its code")
    public AuthenticatorsBody confirmTotp(@RequiredBody Code given, @Context SecurityContext security) {
        return authenticators.confirmTotp(Caller.of(security), given.code());
    }

    /** Removes the authenticator app; 409 where the user must keep a second factor and this is the last. */
    @DELETE
    @Path("totp")
    @Operation(summary = "Remove the authenticator app")
    public Response deleteTotp(@Context SecurityContext security) {
        authenticators.deleteTotp(Caller.of(security));
        return Response.ok().build();
    }

    /** Ten new recovery codes, shown this once; those before are void. */
    @POST
    @Path("recovery-codes")
    @Operation(summary = "New recovery codes in the place of the ones before")
    public NewRecoveryCodes replaceRecoveryCodes(@Context SecurityContext security) {
        return new NewRecoveryCodes(authenticators.replaceRecoveryCodes(Caller.of(security)));
    }

    /**
     * A new passkey.
     *
     * @param name what its user calls it
     * @param credential what {@code navigator.credentials.create()} has answered, as {@code toJSON()} gives it
     */
    public record NewPasskey(
            @Nullable String name, @Verbatim @Nullable Map<String, Object> credential) {}

    /**
     * Another name of a passkey.
     *
     * @param name what its user calls it
     */
    public record PasskeyName(@Nullable String name) {}

    /**
     * A code of an authenticator app.
     *
     * @param code six digits
     */
    public record Code(@Nullable String code) {
        @Override
        public String toString() {
            return "Code[hidden]";
        }
    }

    /**
     * Recovery codes.
     *
     * @param codes each good once
     */
    public record NewRecoveryCodes(List<String> codes) {
        @Override
        public String toString() {
            return "NewRecoveryCodes[hidden]";
        }
    }
}
