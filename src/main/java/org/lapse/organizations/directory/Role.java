package org.lapse.organizations.directory;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A named set of permissions, given to users and to applications that act on their own. */
@Entity
public class Role {
    @Id
    private UUID id;

    private UUID organizationId;
    private String name;
    private @Nullable String description;

    @Version
    @SuppressWarnings("UnusedVariable") // the persistence provider counts the changes in it
    private int version;

    @ElementCollection
    @CollectionTable(name = "role_permission", joinColumns = @JoinColumn(name = "role_id"))
    @Column(name = "permission")
    private Set<String> permissions;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Role() {}

    /** A new role of an organization, with the wire names of its permissions. */
    public Role(UUID organizationId, String name, Set<String> permissions) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.name = name;
        this.permissions = new HashSet<>(permissions);
    }

    /** The id that never changes. */
    public UUID id() {
        return id;
    }

    /** The organization that it belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** What administrators call it. */
    public String name() {
        return name;
    }

    /** What it is for, in the administrator's words. */
    @Nullable
    String description() {
        return description;
    }

    void rename(String newName) {
        name = newName;
    }

    void describe(String newDescription) {
        description = newDescription;
    }

    void setPermissions(Set<String> newPermissions) {
        permissions.retainAll(newPermissions);
        permissions.addAll(newPermissions);
    }

    /** The wire names of the permissions that it gives. */
    public Set<String> permissions() {
        return Set.copyOf(permissions);
    }
}
