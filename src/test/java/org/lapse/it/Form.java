package org.lapse.it;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and values as {@code application/x-www-form-urlencoded}, in their order, each name once. */
record Form(Map<String, String> fields) {
    /** A form of names and values in turn. */
    static Form of(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Form(fields);
    }

    /** The form that a query stands for. */
    static Form ofQuery(String query) {
        Map<String, String> fields = new LinkedHashMap<>();
        Arrays.stream(query.split("&", -1)).filter(pair -> !pair.isEmpty()).forEach(pair -> {
            int equals = pair.indexOf('=');
            fields.put(
                    URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
                    URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        });
        return new Form(fields);
    }

    /** This form with that field, new or changed. */
    Form with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.put(name, value);
        return new Form(changed);
    }

    /** This form without that field. */
    Form without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.remove(name);
        return new Form(changed);
    }

    String value(String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new AssertionError("No " + name + " in " + fields);
        }
        return value;
    }

    String encoded() {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** This request as the sending of the form. */
    HttpRequest.Builder postBy(HttpRequest.Builder request) {
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded()));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
