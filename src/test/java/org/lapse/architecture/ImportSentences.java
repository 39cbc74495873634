package org.lapse.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The last sentence of each package's page, held against the code. It has one of these forms:
 *
 * <ul>
 *   <li>{@code Imports nothing of ours.}: no class of the package uses another package of ours;
 *   <li>{@code Imports the JDK alone.}: nor a library, which {@link StayPure} sees to;
 *   <li>{@code Imports a, b and c.}: its classes use these, each of them, and no other;
 *   <li>{@code Imports a and what that imports.}, {@code Imports a, b and what those import.}: they use these, and
 *       besides them some that one comes to from these, in one step or in several, and no other.
 * </ul>
 *
 * <p>{@code ; nobody imports it} stands at the end where no package of ours does, and only there.
 */
final class ImportSentences {
    private static final Pattern SENTENCE =
            Pattern.compile("\\bImports (?<names>[^;]*?)(?<unused>; nobody imports it)?\\.(?= |$)");
    private static final Pattern NAME = Pattern.compile("\\{@code ([\\w.]+)}");
    private static final String NOTHING = "nothing of ours";
    private static final String THE_JDK = "the JDK alone";
    private static final Pattern LIST = Pattern.compile(
            "(N, )*N( and N)?|N and what that imports|N(, N)+ and what those import".replace("N", "\\{@code [\\w.]+}"));

    private final String root;

    /** For each package of ours those that its classes use. */
    private final Map<String, Set<String>> real;

    ImportSentences(JavaClasses classes, String root) {
        this.root = root;
        this.real = new TreeMap<>();
        for (JavaClass one : classes) {
            FollowThePlan.packageOf(one, root).ifPresent(from -> real.computeIfAbsent(from, none -> new TreeSet<>())
                    .addAll(usedBy(one, from)));
        }
    }

    private Set<String> usedBy(JavaClass one, String from) {
        return one.getDirectDependenciesFromSelf().stream()
                .flatMap(to -> FollowThePlan.packageOf(to.getTargetClass().getBaseComponentType(), root).stream())
                .filter(to -> !to.equals(from))
                .collect(Collectors.toSet());
    }

    /** What is untrue in the pages under a folder, one line for each. */
    List<String> untrueUnder(Path folder) {
        List<String> untrue = new ArrayList<>();
        for (JavaSource page : JavaSource.under(folder)) {
            if (page.typeName().equals("package-info")) {
                FollowThePlan.packageOf(page.packageName(), root)
                        .filter(own -> House.WINGS.getOrDefault(own, List.of()).isEmpty()) // a wing imports nothing
                        .ifPresent(own -> objections(own, page.comment()).stream()
                                .map(objection -> own + ": " + objection)
                                .forEach(untrue::add));
            }
        }
        return untrue;
    }

    private List<String> objections(String own, String page) {
        List<MatchResult> sentences = SENTENCE.matcher(page).results().toList();
        if (sentences.size() != 1) {
            return List.of("it says " + sentences.size() + " times what it imports");
        }
        Matcher sentence = SENTENCE.matcher(sentences.get(0).group());
        sentence.matches();
        String said = sentence.group("names");
        List<String> objections = new ArrayList<>();
        if (said.equals(NOTHING) || said.equals(THE_JDK)) {
            objections.addAll(compared(own, Set.of(), false));
            if (said.equals(THE_JDK) && !Set.of().equals(House.LIBRARIES_OF_PURE_PACKAGES.get(own))) {
                objections.add("it may use more than the JDK");
            }
        } else if (LIST.matcher(said).matches()) {
            Set<String> named = NAME.matcher(said)
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            objections.addAll(compared(own, named, said.contains(" and what ")));
        } else {
            objections.add("it says in no form that is known what it imports: " + said);
        }
        boolean unused = real.values().stream().noneMatch(used -> used.contains(own));
        if (unused != (sentence.group("unused") != null)) {
            objections.add(unused ? "it does not say that nobody imports it" : "somebody imports it");
        }
        return objections;
    }

    private List<String> compared(String own, Set<String> named, boolean andWhatTheyImport) {
        Set<String> used = real.getOrDefault(own, Set.of());
        Set<String> more = without(used, named);
        List<String> objections = new ArrayList<>();
        if (!used.containsAll(named)) {
            objections.add("it does not import " + without(named, used));
        }
        Set<String> unsaid = andWhatTheyImport ? without(more, reachedFrom(named)) : more;
        if (!unsaid.isEmpty()) {
            objections.add("it does not say that it imports " + unsaid);
        }
        if (andWhatTheyImport && more.isEmpty()) {
            objections.add("it imports no more than it names");
        }
        return objections;
    }

    private Set<String> reachedFrom(Set<String> names) {
        Set<String> reached = new TreeSet<>();
        Set<String> next = names;
        while (!next.isEmpty()) {
            Set<String> step = next.stream()
                    .flatMap(one -> real.getOrDefault(one, Set.of()).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            next = without(step, reached);
            reached.addAll(step);
        }
        return reached;
    }

    private static Set<String> without(Set<String> all, Set<String> those) {
        Set<String> rest = new TreeSet<>(all);
        rest.removeAll(those);
        return rest;
    }
}
