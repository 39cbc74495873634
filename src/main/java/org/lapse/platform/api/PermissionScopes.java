package org.lapse.platform.api;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The scopes that limit what a token may do: the name of a permission, the area that permissions begin with, such as
 * {@code directory}, or {@value #ALL}. A scope gives nobody a permission; it leaves of the holder's own those that it
 * stands for.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
public final class PermissionScopes {
    /** The scope that stands for all that the holder may do. */
    public static final String ALL = "all";

    private static final Map<String, String> AREAS = Map.of(
            "oauth", "applications and tokens",
            "directory", "the organization, its users and its groups",
            "authorization", "roles",
            "presence", "other users' presence",
            "routing", "other users' routing status",
            "integrations", "embedded applications",
            "audits", "the audit");

    private static final Map<String, Set<String>> PERMISSIONS = permissionsByScope();

    private static final Map<String, String> DESCRIPTIONS = descriptions();

    private PermissionScopes() {}

    private static Map<String, Set<String>> permissionsByScope() {
        Map<String, Set<String>> permissions = new LinkedHashMap<>();
        permissions.put(ALL, Permission.all());
        Arrays.stream(Permission.values())
                .collect(Collectors.groupingBy(
                        Permission::area,
                        LinkedHashMap::new,
                        Collectors.mapping(Permission::wireName, Collectors.toUnmodifiableSet())))
                .forEach(permissions::put);
        for (Permission permission : Permission.values()) {
            permissions.put(permission.wireName(), Set.of(permission.wireName()));
        }
        return Collections.unmodifiableMap(permissions);
    }

    private static Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        descriptions.put(ALL, "All that you may do");
        for (Permission permission : Permission.values()) {
            descriptions.computeIfAbsent(
                    permission.area(), area -> "All that you may do with " + AREAS.getOrDefault(area, area));
        }
        for (Permission permission : Permission.values()) {
            descriptions.put(permission.wireName(), permission.description());
        }
        return Collections.unmodifiableMap(descriptions);
    }

    /** Each of these scopes with what it lets an application do for somebody, in English: the widest first. */
    public static Map<String, String> described() {
        return DESCRIPTIONS;
    }

    /** The wire names of the permissions that a scope of one word stands for; none for any other word. */
    public static Set<String> permissions(String word) {
        return PERMISSIONS.getOrDefault(word, Set.of());
    }

    /** Whether a granted scope stands for a permission, no matter who holds that. */
    public static boolean reaches(String scope, Permission permission) {
        return Arrays.stream(scope.split(" ", -1))
                .anyMatch(word -> permissions(word).contains(permission.wireName()));
    }

    /** Whether a granted scope holds a word. */
    public static boolean holds(String scope, String word) {
        return Arrays.asList(scope.split(" ", -1)).contains(word);
    }

    /**
     * What a token may do.
     *
     * @param scope the granted scope, space-separated
     * @param held the wire names of what its holder may do
     * @return those of them that the scope stands for
     */
    public static Set<String> within(String scope, Set<String> held) {
        if (held.isEmpty() || holds(scope, ALL)) {
            return held;
        }
        Set<String> permitted = new HashSet<>();
        for (String word : scope.split(" ", -1)) {
            permitted.addAll(permissions(word));
        }
        permitted.retainAll(held);
        return Collections.unmodifiableSet(permitted);
    }
}
