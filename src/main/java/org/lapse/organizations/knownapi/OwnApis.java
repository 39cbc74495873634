package org.lapse.organizations.knownapi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.LapseApi;
import org.lapse.rules.excludedapi.ApiPattern;

/** The APIs of this server, read off its resources once, when it starts; and the one servlet that is activity. */
@Singleton
class OwnApis {
    private final List<ApiPattern> all;

    @Inject
    OwnApis(BeanManager beans) {
        this.all = Stream.concat(
                        beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                                .map(Bean::getBeanClass)
                                .distinct()
                                .flatMap(OwnApis::declaredBy),
                        Stream.of("GET oauth/userinfo", "POST oauth/userinfo"))
                .map(ApiPattern::of)
                .toList();
    }

    List<ApiPattern> all() {
        return all;
    }

    private static Stream<String> declaredBy(Class<?> resource) {
        Path root = resource.getAnnotation(Path.class);
        return root == null
                ? Stream.empty()
                : Arrays.stream(resource.getMethods()).flatMap(method -> Arrays.stream(method.getAnnotations())
                        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                        .flatMap(Stream::ofNullable)
                        .map(by -> by.value() + " " + LapseApi.ROOT + "/" + root.value()
                                + below(method.getAnnotation(Path.class))));
    }

    private static String below(@Nullable Path path) {
        return Optional.ofNullable(path).map(found -> "/" + found.value()).orElse("");
    }
}
