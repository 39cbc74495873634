package org.lapse.organizations.directory;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.lapse.platform.api.Permission;

/**
 * The permissions of one domain on the wire.
 *
 * @param id the domain
 * @param name the domain
 * @param domain the domain, such as {@code oauth}
 * @param permissionMap the permissions by what they are about
 */
public record PermissionCollection(
        String id, String name, String domain, Map<String, List<DomainPermission>> permissionMap) {
    /** All permissions there are, in the order of their domains. */
    static List<PermissionCollection> all() {
        return Arrays.stream(Permission.values())
                .map(DomainPermission::of)
                .collect(Collectors.groupingBy(DomainPermission::domain, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(domain -> of(domain.getKey(), domain.getValue()))
                .toList();
    }

    private static PermissionCollection of(String domain, List<DomainPermission> permissions) {
        return new PermissionCollection(
                domain,
                domain,
                domain,
                permissions.stream()
                        .collect(Collectors.groupingBy(
                                DomainPermission::entityType, TreeMap::new, Collectors.toList())));
    }

    /**
     * One permission.
     *
     * @param domain its first part, such as {@code oauth}
     * @param entityType its second part: what it is about, such as {@code client}
     * @param action its third part: what one may do, such as {@code view}
     */
    public record DomainPermission(String domain, String entityType, String action) {
        static DomainPermission of(Permission permission) {
            String[] parts = permission.wireName().split(":", -1);
            return new DomainPermission(parts[0], parts[1], parts[2]);
        }
    }
}
