package org.lapse.organizations.knownapi;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.excludedapi.ApiPattern;

/**
 * The operations of an OpenAPI document, below the path of its first server.
 *
 * @see <a href="https://spec.openapis.org/oas/v3.1.0#paths-object">OpenAPI 3.1, Paths Object</a>
 */
final class OpenApiDocument {
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final int MOST_OPERATIONS = 2000;

    private OpenApiDocument() {}

    /**
     * Reads the operations.
     *
     * @throws ApiException 400 where it is no such document, or has more than 2000 operations
     */
    static List<ApiPattern> operationsOf(Map<String, @Nullable Object> document) {
        if (!(document.get("openapi") instanceof String) || !(document.get("paths") instanceof Map<?, ?> paths)) {
            throw ApiException.invalidValue("paths", "An OpenAPI document has the fields openapi and paths.");
        }
        String base = basePath(document.get("servers"));
        List<ApiPattern> operations = new ArrayList<>();
        paths.forEach((path, item) -> {
            if (item instanceof Map<?, ?> methods) {
                methods.keySet().stream()
                        .map(String::valueOf)
                        .filter(METHODS::contains)
                        .map(method -> operation(method, base, String.valueOf(path)))
                        .forEach(operations::add);
            }
        });
        if (operations.size() > MOST_OPERATIONS) {
            throw ApiException.invalidValue("paths", "A document has at most " + MOST_OPERATIONS + " operations.");
        }
        return operations;
    }

    private static ApiPattern operation(String method, String base, String path) {
        try {
            return ApiPattern.of(method.toUpperCase(Locale.ROOT) + " /" + base + "/" + path);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidValue("paths", "The path " + path + " cannot be excluded: " + e.getMessage());
        }
    }

    private static String basePath(@Nullable Object servers) {
        if (!(servers instanceof List<?> list)
                || list.isEmpty()
                || !(list.get(0) instanceof Map<?, ?> first)
                || !(first.get("url") instanceof String url)) {
            return "";
        }
        try {
            String path = URI.create(url).getRawPath();
            return path == null ? "" : path;
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidValue("servers[0].url", "The address of the first server is not one.");
        }
    }
}
