package org.lapse.platform.page;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form, or of a query, but never both mixed, as {@code getParameter} would have it: a password in the
 * address stands in logs and histories, so it is none. A field that was sent twice counts as left out.
 */
public final class FormFields {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, String> values = new HashMap<>();

    private FormFields(String encoded) {
        Set<String> doubled = new HashSet<>();
        for (String field : encoded.split("&", -1)) {
            int equals = field.indexOf('=');
            String name = decoded(equals < 0 ? field : field.substring(0, equals));
            String value = equals < 0 ? "" : decoded(field.substring(equals + 1));
            if (values.put(name, value) != null) {
                doubled.add(name);
            }
        }
        values.keySet().removeAll(doubled);
    }

    /** Those in the address alone. */
    public static FormFields ofQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        return new FormFields(query == null ? "" : query);
    }

    /** Those in the body alone; none where the body is no form. */
    public static FormFields ofBody(HttpServletRequest request) throws IOException {
        String type = request.getContentType();
        boolean isForm = type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
        return new FormFields(
                isForm ? new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8) : "");
    }

    /** The value of a field; null where it was not sent, or more than once. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** What is not encoded as it should be stands for itself. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Names only: the values may be secrets. */
    @Override
    public String toString() {
        return "FormFields" + values.keySet();
    }
}
