package org.lapse.organizations.application;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What kind of component an application object stands for, by the Framework's name, such as {@code CFGSCE}.
 *
 * @param name the name; begins with {@code CFG}
 */
public record ApplicationType(String name) {
    private static final Pattern NAME = Pattern.compile("CFG[A-Za-z0-9]{1,61}");

    /** The type of an application that was not made from a template, such as an OAuth client. */
    public static final ApplicationType GENERIC_CLIENT = new ApplicationType("CFGGenericClient");

    /** The numbers that the vendor has published; {@code CfgAppType} of its configuration library. */
    private static final Map<Integer, String> NUMBERS = Map.of(
            13, "CFGCMClient",
            19, "CFGSCE",
            44, "CFGSCI",
            51, "CFGInteractionRoutingDesigner",
            157, "CFGInteractionWorkspace",
            165, "CFGGenesysAdministrator",
            169, "CFGBusinessRulesGUI");

    private static final Map<String, String> NAMES =
            NUMBERS.values().stream().collect(Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

    /**
     * Checks the name.
     *
     * @throws IllegalArgumentException if it is none of a type
     */
    public ApplicationType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("The name of an application type begins with CFG, not " + name);
        }
    }

    /** Whether it is the type of a component of the Framework, and not only of an OAuth client. */
    public boolean isOfFramework() {
        return !equals(GENERIC_CLIENT);
    }

    static ApplicationType named(String name) {
        return new ApplicationType(name);
    }

    /** The type of that name, or of that number where the vendor has published it; empty where it can be neither. */
    public static Optional<ApplicationType> of(String nameOrNumber) {
        if (nameOrNumber.matches("\\d{1,4}")) {
            return Optional.ofNullable(NUMBERS.get(Integer.valueOf(nameOrNumber)))
                    .map(ApplicationType::new);
        }
        String name = NAMES.getOrDefault(nameOrNumber.toLowerCase(Locale.ROOT), nameOrNumber);
        return NAME.matcher(name).matches() ? Optional.of(new ApplicationType(name)) : Optional.empty();
    }
}
