package org.lapse.it;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The code behind the API: its resource methods, by the endpoint as {@link Endpoint#toString()} writes it. */
final class ResourceMethods {
    private static final String API = "/api/";

    private ResourceMethods() {}

    static Map<String, Method> byEndpoint() {
        Map<String, Method> methods = new TreeMap<>();
        classesOfTheCode().forEach(type -> addTo(methods, type));
        return methods;
    }

    /** All classes of the product. */
    static List<Class<?>> classesOfTheCode() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.lapse").stream()
                        .<Class<?>>map(JavaClass::reflect)
                        .toList();
    }

    private static void addTo(Map<String, Method> methods, Class<?> type) {
        Path root = type.getAnnotation(Path.class);
        if (root != null) {
            for (Method method : type.getMethods()) {
                String path = API + root.value() + below(method.getAnnotation(Path.class));
                httpMethods(method).forEach(name -> methods.put(name + " " + path, method));
            }
        }
    }

    private static String below(@Nullable Path path) {
        return path == null ? "" : "/" + path.value();
    }

    private static Stream<String> httpMethods(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(Stream::ofNullable)
                .map(HttpMethod::value);
    }
}
