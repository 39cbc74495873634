package org.lapse.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One operation of the server's own OpenAPI document.
 *
 * @param method the HTTP method
 * @param path the path with its {@code {parameters}}
 * @param queryParameters the names of what may stand in the query
 * @param form whether it reads a form instead of JSON
 * @param fields the names of what may stand in the body, on its first level
 * @param open whether it answers without an access token
 */
record Endpoint(
        String method, String path, List<String> queryParameters, boolean form, List<String> fields, boolean open) {
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
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        List<String> query = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals("query")) {
                query.add(parameter.required("name").asText());
            }
        });
        List<String> fields = resolved.path("properties").properties().stream()
                .map(field -> field.getKey())
                .toList();
        JsonNode security = operation.path("security");
        boolean open = security.isArray() && security.valueStream().noneMatch(way -> way.has("bearer"));
        return new Endpoint(method.toUpperCase(Locale.ROOT), path, query, form, fields, open);
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

    boolean hasPathParameter() {
        return path.contains("{");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
