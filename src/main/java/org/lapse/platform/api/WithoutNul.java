package org.lapse.platform.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Refuses the character NUL (U+0000) in every text and every name of a body. PostgreSQL cannot keep it, and H2 would.
 */
final class WithoutNul {
    private static final String WHY = "A text has no character NUL.";

    private WithoutNul() {}

    static Module module() {
        return new SimpleModule("without NUL")
                .addDeserializer(String.class, new Text())
                .addKeyDeserializer(String.class, new Name());
    }

    private static final class Text extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = super.deserialize(parser, context);
            return text != null && text.indexOf('\0') >= 0
                    ? (String) context.handleWeirdStringValue(String.class, text, WHY)
                    : text;
        }
    }

    private static final class Name extends KeyDeserializer {
        @Override
        public Object deserializeKey(String name, DeserializationContext context) throws IOException {
            return name.indexOf('\0') >= 0 ? context.handleWeirdKey(String.class, name, WHY) : name;
        }
    }
}
