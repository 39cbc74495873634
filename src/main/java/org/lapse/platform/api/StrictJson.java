package org.lapse.platform.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How JSON is read and written here: no guessing at types, no unknown field that holds something, no doubled field, no
 * text that does not look like what it is; instants as ISO 8601.
 */
public final class StrictJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder(com.fasterxml.jackson.core.JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(ReadableTexts.module())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addHandler(new NothingIsNoSetting())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual, texts -> texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
            .build();

    private StrictJson() {}

    /** Whether a request says that its body is JSON, which a form on somebody else's page cannot. */
    public static boolean isBodyOf(HttpServletRequest request) {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        return type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    }

    /**
     * The body of a request.
     *
     * @throws ApiException 400 where there is none
     */
    public static <B> B read(HttpServletRequest request, Class<B> type) throws IOException {
        @Nullable B body = MAPPER.readValue(request.getInputStream(), type);
        if (body == null) {
            throw ApiException.badRequest("The body is missing.");
        }
        return body;
    }

    /** What was read, as JSON again. */
    public static String text(Object read) {
        try {
            return MAPPER.writeValueAsString(read);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one mapper of this application; it is never reconfigured. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * Passes over a field that is not ours and holds nothing: {@code null}, or a list or an object that is empty. The
     * vendor's SDK for Java sends all fields that it knows. Such a one asks for nothing, so nobody is misled.
     */
    private static final class NothingIsNoSetting extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser json,
                JsonDeserializer<?> reader,
                Object beanOrClass,
                String name)
                throws IOException {
            boolean isNothing =
                    switch (json.currentToken()) {
                        case VALUE_NULL -> true;
                        case START_ARRAY -> json.nextToken() == JsonToken.END_ARRAY;
                        case START_OBJECT -> json.nextToken() == JsonToken.END_OBJECT;
                        default -> false;
                    };
            if (!isNothing) {
                throw UnrecognizedPropertyException.from(json, beanOrClass, name, reader.getKnownPropertyNames());
            }
            return true;
        }
    }
}
