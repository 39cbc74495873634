package org.lapse.platform.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.ContextualKeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Refuses texts that do not look like what they are, in every field of a body and in every name of an option.
 *
 * <p>A field holds one line without control and direction characters ({@link Texts#isOneLine}), unless it says that it
 * is {@link MultiLine} or {@link Verbatim}. A body without named fields is somebody else's document, and verbatim. The
 * character NUL (U+0000) is refused everywhere: PostgreSQL cannot keep it, and H2 would.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing">Unicode Technical Report 36, section
 *     2.5</a>
 */
final class ReadableTexts {
    private ReadableTexts() {}

    static Module module() {
        return new SimpleModule("readable texts")
                .addDeserializer(String.class, new Text(Kind.VERBATIM))
                .addKeyDeserializer(String.class, new Name(Kind.VERBATIM));
    }

    /** What a text may hold. */
    private enum Kind {
        ONE_LINE("A text has no control, direction or invisible characters, and one line.") {
            @Override
            boolean permits(String text) {
                return Texts.isOneLine(text);
            }
        },
        MULTI_LINE("A text has no control or direction characters but tabs and line ends.") {
            @Override
            boolean permits(String text) {
                return Texts.isMultiLine(text);
            }
        },
        VERBATIM("A text has no character NUL.") {
            @Override
            boolean permits(String text) {
                return text.indexOf('\0') < 0;
            }
        };

        private final String rule;

        Kind(String rule) {
            this.rule = rule;
        }

        abstract boolean permits(String text);

        static Kind of(BeanProperty property) {
            return property.getAnnotation(Verbatim.class) != null
                    ? VERBATIM
                    : property.getAnnotation(MultiLine.class) != null ? MULTI_LINE : ONE_LINE;
        }
    }

    /** Says which rule a text breaks; Jackson adds in which field it stands. */
    static final class Unreadable extends JsonMappingException {
        private static final long serialVersionUID = 1L;

        private Unreadable(JsonParser parser, Kind kind) {
            super(parser, kind.rule);
        }
    }

    private static final class Text extends StringDeserializer implements ContextualDeserializer {
        private static final long serialVersionUID = 1L;

        private final Kind kind;

        Text(Kind kind) {
            this.kind = kind;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property) {
            return property == null ? this : new Text(Kind.of(property));
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            if (text != null && !kind.permits(text)) {
                throw new Unreadable(parser, kind);
            }
            return text;
        }
    }

    private static final class Name extends KeyDeserializer implements ContextualKeyDeserializer {
        private final Kind kind;

        Name(Kind kind) {
            this.kind = kind;
        }

        /** Values may have several lines; their names never do. */
        @Override
        public KeyDeserializer createContextual(DeserializationContext context, BeanProperty property) {
            return property == null || property.getAnnotation(Verbatim.class) != null ? this : new Name(Kind.ONE_LINE);
        }

        @Override
        public Object deserializeKey(String name, DeserializationContext context) throws IOException {
            if (!kind.permits(name)) {
                throw new Unreadable(context.getParser(), kind);
            }
            return name;
        }
    }
}
