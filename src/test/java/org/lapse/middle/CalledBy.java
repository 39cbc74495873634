package org.lapse.middle;

import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Caller;

/** What a resource is told of who calls it. */
public record CalledBy(Caller caller) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public boolean isSecure() {
        return true;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return null;
    }
}
