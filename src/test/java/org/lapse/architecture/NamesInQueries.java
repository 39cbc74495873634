package org.lapse.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The classes that texts name: entities and their tables in queries, and classes by their full names anywhere. An
 * arrow in a text is an arrow: the plan of the house holds for it too.
 */
final class NamesInQueries {
    /** A text in which one of these words stands may be a query, or a part of one. */
    private static final Pattern QUERY =
            Pattern.compile("\\b(select|from|join|update|into|delete|insert|merge|exists|where)\\b");

    private final String root;

    /** What to look for in texts that may be queries, and whose name it is. */
    private final Map<Pattern, JavaClass> inQueries = new LinkedHashMap<>();

    /** What to look for in every text. */
    private final Map<Pattern, JavaClass> anywhere = new LinkedHashMap<>();

    NamesInQueries(JavaClasses classes, String root) {
        this.root = root;
        for (JavaClass one : classes) {
            if (one.isTopLevelClass()) {
                anywhere.put(Pattern.compile("(?<![\\w.])" + Pattern.quote(one.getName()) + "(?!\\w)"), one);
            }
            if (one.isAnnotatedWith(Entity.class)) {
                inQueries.put(Pattern.compile("(?<![\\w.:])" + one.getSimpleName() + "(?!\\w)"), one);
                inQueries.put(Pattern.compile("\\b(?:from|join|update|into)\\s+" + tableOf(one) + "(?!\\w)"), one);
            }
        }
    }

    private static String tableOf(JavaClass entity) {
        return entity.tryGetAnnotationOfType(Table.class)
                .map(Table::name)
                .filter(name -> !name.isEmpty())
                .orElseGet(() -> entity.getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toLowerCase(Locale.ROOT));
    }

    /** What the sources under a folder name and may not, one line for each. */
    List<String> forbiddenUnder(Path folder) {
        List<String> forbidden = new ArrayList<>();
        for (JavaSource source : JavaSource.under(folder)) {
            String own = FollowThePlan.packageOf(source.packageName(), root).orElse("");
            Set<String> allowed = House.MAY_USE.getOrDefault(own, Set.of());
            for (String text : source.texts()) {
                named(text).stream()
                        .filter(one -> FollowThePlan.packageOf(one, root)
                                .filter(to -> !to.equals(own) && !allowed.contains(to))
                                .isPresent())
                        .map(one -> source.packageName() + '.' + source.typeName() + " names " + one.getName()
                                + " in \"" + text.strip() + '"')
                        .forEach(forbidden::add);
            }
        }
        return forbidden;
    }

    private List<JavaClass> named(String text) {
        List<JavaClass> found = new ArrayList<>(in(text, anywhere));
        if (QUERY.matcher(text).find()) {
            found.addAll(in(text, inQueries));
        }
        return found.stream().distinct().toList();
    }

    private static List<JavaClass> in(String text, Map<Pattern, JavaClass> names) {
        return names.entrySet().stream()
                .filter(one -> one.getKey().matcher(text).find())
                .map(Map.Entry::getValue)
                .toList();
    }
}
