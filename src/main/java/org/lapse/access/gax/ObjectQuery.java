package org.lapse.access.gax;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.lapse.organizations.application.ApplicationType;
import org.lapse.platform.api.ApiException;

/**
 * Which configuration objects are asked for.
 *
 * @param type objects of which type
 * @param name objects of exactly that name; empty for any
 * @param subtypes objects of those application types; empty for any
 * @param brief whether options and annex are left out
 */
record ObjectQuery(ObjectType type, Optional<String> name, Set<String> subtypes, boolean brief) {
    private static final Pattern OR = Pattern.compile(" +OR +", Pattern.CASE_INSENSITIVE);
    private static final String SUBTYPE = "subtype=";

    /**
     * Reads {@code type}, {@code name}, {@code filters} ({@code subtype=A OR subtype=B}) and {@code brief} ({@code
     * false} where it is left out).
     *
     * @param parameter the value of a parameter of the request
     * @throws ApiException 400 with the parameter that holds what it may not
     */
    static ObjectQuery of(Function<String, Optional<String>> parameter) {
        return new ObjectQuery(
                typeOf(parameter.apply("type").orElse("")),
                parameter.apply("name"),
                parameter.apply("filters").map(ObjectQuery::subtypesOf).orElse(Set.of()),
                briefOf(parameter.apply("brief").orElse("false")));
    }

    static ObjectType typeOf(String name) {
        return ObjectType.named(name)
                .orElseThrow(() -> ApiException.invalidValue("type", "The type is CfgApplication or CfgAppPrototype."));
    }

    private static Set<String> subtypesOf(String filters) {
        return Arrays.stream(OR.split(filters.strip(), -1))
                .map(ObjectQuery::subtypeOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String subtypeOf(String term) {
        return Optional.of(term)
                .filter(one -> one.startsWith(SUBTYPE))
                .flatMap(one -> ApplicationType.of(one.substring(SUBTYPE.length())))
                .map(ApplicationType::name)
                .orElseThrow(() ->
                        ApiException.invalidValue("filters", "Filters are application types: subtype=A OR subtype=B."));
    }

    private static boolean briefOf(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ApiException.invalidValue("brief", "brief is either true or false.");
        };
    }

    /** Whether that object is one of them. */
    boolean matches(ConfigurationObject object) {
        return name.filter(wanted -> !wanted.equals(object.name())).isEmpty()
                && (subtypes.isEmpty() || (object.subtype() != null && subtypes.contains(object.subtype())));
    }
}
