package org.lapse.architecture;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Places that ask which reason a session ended for, instead of asking the reason what it means. Only the package that
 * declares the reasons may; to end a session for a reason is everybody's right.
 *
 * <p>A comparison leaves no trace in a class that an assignment would not leave too, so it is looked for in the
 * sources; a {@code switch}, of which the sources do not say over what it is, asks for {@code ordinal()}.
 */
final class ComparedReasons {
    private static final String DECLARATION = "EndReason";

    private static final String REASON = DECLARATION + "\\s*\\.\\s*[A-Z]\\w*";

    private static final Pattern COMPARISON = Pattern.compile(String.join(
            "|",
            "[!=]=\\s*" + REASON,
            REASON + "\\s*([!=]=|::\\s*equals|\\.\\s*equals)",
            "\\bequals\\(\\s*" + REASON,
            "\\b(Set|List|EnumSet|Stream|Arrays)\\s*\\.\\s*(of|range|complementOf|asList)\\(\\s*" + REASON,
            "\\bsetParameter\\(\\s*[^,;]*,\\s*" + REASON,
            "\\bimport\\s+static\\s+[\\w.]*\\b" + DECLARATION + "\\b"));

    private static final Set<String> ORDER = Set.of("ordinal", "compareTo");

    private ComparedReasons() {}

    /** Where reasons are compared under a folder and in its classes, one line for each place. */
    static List<String> in(JavaClasses classes, Path folder) {
        String home = classes.stream()
                .filter(one -> one.getSimpleName().equals(DECLARATION))
                .map(JavaClass::getPackageName)
                .findFirst()
                .orElseThrow();
        Stream<String> inSources = JavaSource.under(folder).stream()
                .filter(source -> !source.packageName().equals(home))
                .flatMap(ComparedReasons::comparisons);
        Stream<String> inClasses = classes.stream()
                .filter(one -> !one.getPackageName().equals(home))
                .flatMap(one -> one.getAccessesFromSelf().stream())
                .filter(ComparedReasons::asksForTheOrder)
                .map(JavaAccess::getDescription);
        return Stream.concat(inSources, inClasses).toList();
    }

    private static Stream<String> comparisons(JavaSource source) {
        return COMPARISON
                .matcher(source.code())
                .results()
                .map(found -> source.typeName() + " has " + found.group().strip());
    }

    private static boolean asksForTheOrder(JavaAccess<?> access) {
        return access.getTargetOwner().getSimpleName().equals(DECLARATION)
                && ORDER.contains(access.getTarget().getName());
    }
}
