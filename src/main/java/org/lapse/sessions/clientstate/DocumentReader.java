package org.lapse.sessions.clientstate;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.lapse.platform.api.ApiException;

/**
 * Reads a document byte for byte, before the resource is called: a body that is none is refused, and is no activity.
 */
@Provider
@Priority(0)
@Consumes(MediaType.APPLICATION_JSON)
public class DocumentReader implements MessageBodyReader<Document> {
    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == Document.class;
    }

    /** @throws ApiException 400 where the body is no document, 413 where it is too long */
    @Override
    public Document readFrom(
            Class<Document> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        return Document.sent(body.readAllBytes());
    }
}
