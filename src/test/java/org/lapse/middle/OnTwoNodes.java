package org.lapse.middle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test class on {@link TwoNodes}, which its constructor takes. They are started for the class and shared by all
 * its tests: each test makes what it looks at.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnTwoNodes.Start.class)
public @interface OnTwoNodes {
    /** Configuration of both beside the defaults and {@code lapse.cluster}, each as {@code key=value}. */
    String[] configuration() default {};

    /** Starts them; JUnit closes them after the class. */
    final class Start implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            Map<String, String> configuration = new HashMap<>(
                    Map.of("lapse.cluster.enabled", "true", "lapse.cluster.lease", "PT1H")); // no timer renews it
            for (String entry : context.getRequiredTestClass()
                    .getAnnotation(OnTwoNodes.class)
                    .configuration()) {
                String[] keyAndValue = entry.split("=", 2);
                configuration.put(keyAndValue[0], keyAndValue[1]);
            }
            return Stream.of(Arguments.of(TwoNodes.start(configuration)));
        }
    }
}
