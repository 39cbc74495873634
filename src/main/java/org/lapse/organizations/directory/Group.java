package org.lapse.organizations.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Some of an organization's users under one name. */
@Entity
@Table(name = "user_group")
public class Group {
    @Id
    private UUID id;

    private UUID organizationId;
    private String name;
    private @Nullable String description;
    private Instant modifiedAt;

    @Version
    private int version;

    @ManyToMany
    @JoinTable(
            name = "group_member",
            joinColumns = @JoinColumn(name = "group_id"),
            inverseJoinColumns = @JoinColumn(name = "user_id"))
    private Set<User> members;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Group() {}

    /** A new group without members. */
    public Group(UUID organizationId, String name, Instant now) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.name = name;
        this.modifiedAt = now;
        this.members = new HashSet<>();
    }

    /** The id that never changes. */
    public UUID id() {
        return id;
    }

    /** The organization that it belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** What it is for, in the administrator's words. */
    @Nullable
    String description() {
        return description;
    }

    /** When it or its membership was changed last. */
    Instant modifiedAt() {
        return modifiedAt;
    }

    /** Counts the changes, those of its membership included. */
    int version() {
        return version;
    }

    void rename(String newName, Instant now) {
        name = newName;
        modifiedAt = now;
    }

    void describe(String newDescription, Instant now) {
        description = newDescription;
        modifiedAt = now;
    }

    /** Takes a user of the same organization in. */
    public void add(User user) {
        members.add(user);
    }

    /** Takes users of the same organization in; those who are members stay so. */
    void addAll(Collection<User> users, Instant now) {
        if (members.addAll(users)) {
            modifiedAt = now;
        }
    }

    /** Lets users go; those who are no members stay none. */
    void removeAll(Collection<User> users, Instant now) {
        if (members.removeAll(users)) {
            modifiedAt = now;
        }
    }
}
