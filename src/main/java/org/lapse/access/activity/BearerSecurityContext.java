package org.lapse.access.activity;

import jakarta.ws.rs.core.SecurityContext;
import org.lapse.platform.api.Caller;

/** Hands the caller on to the resources as a MicroProfile {@code JsonWebToken}. */
record BearerSecurityContext(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Caller getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.getGroups().contains(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getAuthenticationScheme() {
        return "Bearer";
    }
}
