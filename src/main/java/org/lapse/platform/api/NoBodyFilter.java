package org.lapse.platform.api;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * A request without a body need not say of which type its body is. RESTEasy would answer it with 415 where the resource
 * reads JSON; with the type that all our resources read, it finds that there is nothing to read, as Jersey does.
 * One that calls its body anything at all is refused: RESTEasy would have it read by whichever of its readers comes
 * first.
 */
@Provider
@PreMatching
public class NoBodyFilter implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type != null && type.isWildcardType()) {
            throw new NotSupportedException();
        }
        boolean announcesBody = request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
        if (!announcesBody && type == null) {
            request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
    }
}
