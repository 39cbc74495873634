package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The OpenAPI document of the server describes every endpoint that the code has, and no others. */
@OnServer
class OpenApiIT {
    /**
     * What is no interface for anybody: the server's own way to the error page, and the clock of demonstration mode.
     */
    private static final Set<String> INTERNAL = Set.of("/error-page", "/demo/clock");

    private final LapseSystem lapse = LapseSystem.ofSuite();

    @Test
    void everyEndpointIsDescribedAndNoOther() {
        Set<String> described = Endpoint.describedBy(lapse).stream()
                .map(Endpoint::toString)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(withPathsBelow(described, endpointsOfTheCode()));
    }

    /** A servlet for all that is below a path is described by the one path with parameters that it takes there. */
    private static Set<String> withPathsBelow(Set<String> described, Set<String> endpoints) {
        return endpoints.stream()
                .map(endpoint -> !endpoint.endsWith("/*")
                        ? endpoint
                        : described.stream()
                                .filter(path -> path.startsWith(endpoint.replace("*", "{")))
                                .findFirst()
                                .orElse(endpoint))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyOperationHasASummary() {
        new Answer(lapse.get("/openapi?format=JSON"))
                .json()
                .required("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> assertThat(
                                operation.path("summary").asText())
                        .as("%s %s", path.getKey(), operation)
                        .isNotBlank()));
    }

    @Test
    void answersOfBrowsersAreObjectsAndNotHowWeReadThem() {
        JsonNode document = new Answer(lapse.get("/openapi?format=JSON")).json();

        List<JsonNode> credentials = document.findValues("credential");
        assertThat(credentials)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(schema -> assertThat(schema.path("type").asText()).isEqualTo("object"));
        assertThat(document.findPath("schemas").has("JsonNode")).isFalse();
    }

    private static Set<String> endpointsOfTheCode() {
        return Stream.concat(
                        ResourceMethods.byEndpoint().keySet().stream(),
                        ResourceMethods.classesOfTheCode().stream().flatMap(OpenApiIT::ofServlet))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> ofServlet(Class<?> type) {
        WebServlet servlet = type.getAnnotation(WebServlet.class);
        if (servlet == null) {
            return Stream.empty();
        }
        List<String> methods = Stream.of("Get", "Post", "Put", "Delete")
                .filter(name -> answers(type, "do" + name))
                .map(name -> name.toUpperCase(java.util.Locale.ROOT))
                .toList();
        // One that answers every method alike is described by GET.
        List<String> described = methods.isEmpty() && answers(type, "service") ? List.of("GET") : methods;
        return Stream.concat(Arrays.stream(servlet.value()), Arrays.stream(servlet.urlPatterns()))
                .filter(pattern -> !INTERNAL.contains(pattern))
                .map(pattern -> pattern.isEmpty() ? "/" : pattern) // the root, in the words of servlets
                .flatMap(pattern -> described.stream().map(method -> method + " " + pattern));
    }

    private static boolean answers(Class<?> servlet, String method) {
        for (Class<?> type = servlet; type != null && type != HttpServlet.class; type = type.getSuperclass()) {
            if (Arrays.stream(type.getDeclaredMethods()).map(Method::getName).anyMatch(method::equals)) {
                return true;
            }
        }
        return false;
    }
}
