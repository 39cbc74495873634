package org.lapse.platform.api;

import com.fasterxml.jackson.jakarta.rs.json.JacksonJsonProvider;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads and writes the bodies of {@code /api} with {@link StrictJson}, on every server alike. */
@Provider
@Priority(1)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class JsonProvider extends JacksonJsonProvider {
    /** A provider that asks nobody else for a mapper. */
    public JsonProvider() {
        super(StrictJson.mapper());
    }

    /** @throws ApiException 400 where there is no body, or the body is {@code null}, and the resource needs one */
    @Override
    public @Nullable Object readFrom(
            Class<Object> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream body)
            throws IOException {
        @Nullable Object read = super.readFrom(type, genericType, annotations, mediaType, headers, body);
        if (read == null && Arrays.stream(annotations).anyMatch(RequiredBody.class::isInstance)) {
            throw ApiException.badRequest("The body is missing.");
        }
        return read;
    }
}
