package org.lapse.middle;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Runs a test class once on each database. Its constructor takes the {@link LapseInJavaSE}, which is started for the
 * class and which all its tests share: each test makes what it looks at. The system property {@code
 * lapse.middle.database} names the only database to run on.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(OnBothDatabases.Start.class)
public @interface OnBothDatabases {
    /** Configuration beside the defaults, each as {@code key=value}. */
    String[] configuration() default {};

    /** Starts Lapse for each turn; JUnit closes it after the turn. */
    final class Start implements ArgumentsProvider {
        @Override
        public Stream<? extends Arguments> provideArguments(
                ParameterDeclarations parameters, ExtensionContext context) {
            OnBothDatabases wish = context.getRequiredTestClass().getAnnotation(OnBothDatabases.class);
            Map<String, String> configuration = Arrays.stream(wish.configuration())
                    .map(entry -> entry.split("=", 2))
                    .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
            String only = System.getProperty("lapse.middle.database", "");
            return Stream.of(Database.values())
                    .filter(database -> only.isEmpty() || database.name().equalsIgnoreCase(only))
                    .map(database -> Arguments.of(LapseInJavaSE.start(database, configuration)));
        }
    }
}
