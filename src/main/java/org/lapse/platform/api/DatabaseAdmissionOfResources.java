package org.lapse.platform.api;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Takes a place for a call of {@code /api} that may go on and needs the database. Who is refused anyway, by their token
 * or their permissions, hears that first: it takes a look into memory.
 */
@Provider
@Priority(Priorities.AUTHORIZATION + 1)
public class DatabaseAdmissionOfResources implements ContainerRequestFilter {
    @Inject
    private DatabaseAdmission admission;

    @Context
    private ResourceInfo resource;

    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!resource.getResourceMethod().isAnnotationPresent(FromMemory.class)) {
            admission.enter(http);
        }
    }
}
