package org.lapse.organizations.directory;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.lapse.platform.api.ApiException;

/**
 * What the query parameter {@code expand} asks to be told about a user besides the usual. The vendor's other expansions
 * are known, so that its clients may ask for them, and add nothing: the vendor promises no more than its best effort.
 *
 * @param names the names that are asked for, in lower case
 */
record Expansion(Set<String> names) {
    /** The ids and names of the user's groups. */
    static final String GROUPS = "groups";

    /** The user's roles, and what they permit. */
    static final String AUTHORIZATION = "authorization";

    /** The user's organization. */
    static final String ORGANIZATION = "organization";

    private static final Set<String> KNOWN = Set.of(
            GROUPS,
            AUTHORIZATION,
            ORGANIZATION,
            "adjacents",
            "authorization.unusedroles",
            "biography",
            "certifications",
            "conversationsummary",
            "customattributes",
            "date",
            "datelastlogin",
            "datewelcomesent",
            "directreports",
            "divisionedpresencedefinitions",
            "employerinfo",
            "externalcontactssettings",
            "favorites",
            "fieldconfigs",
            "geolocation",
            "geolocationsettings",
            "images",
            "integrationpresence",
            "languagepreference",
            "languages",
            "lasttokenissued",
            "locationdefinitions",
            "locations",
            "orgauthorization",
            "orgproducts",
            "outofoffice",
            "presence",
            "presencedefinitions",
            "profileskills",
            "routinglanguages",
            "routingskills",
            "routingstatus",
            "skills",
            "station",
            "superiors",
            "team",
            "token",
            "trustors",
            "workplanbidranks");

    /**
     * Reads the parameter, which may be repeated, hold several names with commas between them, or both.
     *
     * @throws ApiException 400 {@code invalid.value} where a name is none of the vendor's
     */
    static Expansion of(Collection<String> given) {
        Set<String> names = given.stream()
                .flatMap(several -> Arrays.stream(several.split(",", -1)))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        if (!KNOWN.containsAll(names)) {
            throw ApiException.invalidValue("expand", "Nothing of that name can be expanded.");
        }
        return new Expansion(names);
    }

    boolean asksFor(String name) {
        return names.contains(name);
    }
}
