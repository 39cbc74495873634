package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One operation of the server's own OpenAPI document.
 *
 * @param method the HTTP method
 * @param path the path with its {@code {parameters}}
 * @param queryParameters the names of what may stand in the query
 * @param form whether it reads a form instead of JSON
 * @param fields where something may stand in the body, such as {@code name}, {@code bundles[].groups[]} or, where keys
 *     are free, {@code options.*.*}
 * @param open whether it answers without an access token
 */
record Endpoint(
        String method, String path, List<String> queryParameters, boolean form, List<String> fields, boolean open) {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
    private static final int DEEPEST = 6;
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");

    /** All that the server describes. */
    static List<Endpoint> describedBy(LapseSystem lapse) {
        JsonNode document = lapse.answerTo(HttpRequest.newBuilder(lapse.url("/openapi?format=JSON"))
                        .header("Accept", "application/json")
                        .build())
                .expect(200)
                .json();
        List<Endpoint> endpoints = new ArrayList<>();
        document.required("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .map(operation -> of(document, operation.getKey(), path.getKey(), operation.getValue()))
                .forEach(endpoints::add));
        return endpoints;
    }

    private static Endpoint of(JsonNode document, String method, String path, JsonNode operation) {
        JsonNode content = operation.path("requestBody").path("content");
        boolean form = content.has("application/x-www-form-urlencoded");
        JsonNode schema = content.path(form ? "application/x-www-form-urlencoded" : "application/json")
                .path("schema");
        List<String> query = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")) {
                query.add(parameter.required("name").asText());
            }
        });
        List<String> fields = fieldsOf(document, schema, "", 0)
                .filter(field -> !field.isEmpty())
                .toList();
        JsonNode security = operation.path("security");
        boolean open = security.isArray() && security.valueStream().noneMatch(way -> way.has("bearer"));
        return new Endpoint(method.toUpperCase(Locale.ROOT), path, query, form, fields, open);
    }

    /** A place, and the places within it. */
    private static Stream<String> fieldsOf(JsonNode document, JsonNode schema, String place, int depth) {
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        if (depth > DEEPEST) {
            return Stream.of(place);
        }
        String within = place.isEmpty() ? "" : place + ".";
        Stream<String> named = resolved.path("properties").properties().stream()
                .flatMap(field -> fieldsOf(document, field.getValue(), within + field.getKey(), depth + 1));
        Stream<String> free = resolved.path("additionalProperties").isObject()
                ? fieldsOf(document, resolved.get("additionalProperties"), within + "*", depth + 1)
                : Stream.empty();
        Stream<String> items = resolved.has("items")
                ? fieldsOf(document, resolved.get("items"), place + "[]", depth + 1)
                : Stream.empty();
        return Stream.of(Stream.of(place), named, free, items).flatMap(places -> places);
    }

    /** A body that has a value at one place alone. */
    static String bodyWith(String field, String value) {
        String body = value;
        String rest = field;
        while (!rest.isEmpty()) {
            if (rest.endsWith("[]")) {
                body = "[" + body + "]";
                rest = rest.substring(0, rest.length() - 2);
            } else {
                int dot = rest.lastIndexOf('.');
                body = "{\"" + rest.substring(dot + 1) + "\":" + body + "}";
                rest = rest.substring(0, Math.max(dot, 0));
            }
        }
        return body;
    }

    /** The fields on the first level of the body. */
    List<String> firstFields() {
        return fields.stream()
                .filter(field -> !field.contains(".") && !field.contains("["))
                .toList();
    }

    boolean hasBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    boolean isApi() {
        return path.startsWith("/api/");
    }

    /** The path with that in the place of every parameter. */
    String pathWith(String parameter) {
        return Arrays.stream(path.split("/", -1))
                .map(segment -> segment.startsWith("{") ? parameter : segment)
                .collect(Collectors.joining("/"));
    }

    /** The path up to each of its parameters, and with it, whose names are left out: {@code /api/v2/users/{}}. */
    List<String> parameters() {
        String blank = PARAMETER.matcher(path).replaceAll("{}");
        return IntStream.range(0, blank.length())
                .filter(end -> blank.startsWith("{}", end))
                .mapToObj(end -> blank.substring(0, end + 2))
                .toList();
    }

    /** The path with these values in the places of its {@link #parameters()}. */
    String pathWith(Map<String, String> values) {
        Iterator<String> places = parameters().iterator();
        return PARAMETER.matcher(path).replaceAll(found -> {
            String place = places.next();
            String value = values.get(place);
            if (value == null) {
                throw new AssertionError("No fixture for " + place + " of " + this);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** This endpoint with a value in the place of one of its {@link #parameters()}. */
    Endpoint at(String parameter, String value) {
        Map<String, String> values = new HashMap<>();
        Matcher names = PARAMETER.matcher(path);
        parameters().forEach(place -> values.put(place, names.find() ? names.group() : ""));
        values.put(parameter, value);
        return new Endpoint(method, pathWith(values), queryParameters, form, fields, open);
    }

    boolean hasPathParameter() {
        return path.contains("{");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
