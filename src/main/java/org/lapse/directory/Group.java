package org.lapse.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Some of an organization's users under one name. */
@Entity
@Table(name = "user_group")
public class Group {
    @Id
    private UUID id;

    private UUID organizationId;
    private String name;

    @ManyToMany
    @JoinTable(
            name = "group_member",
            joinColumns = @JoinColumn(name = "group_id"),
            inverseJoinColumns = @JoinColumn(name = "user_id"))
    private Set<User> members;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Group() {}

    /** A new group without members. */
    public Group(UUID organizationId, String name) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.name = name;
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

    /** Takes a user of the same organization in. */
    public void add(User user) {
        members.add(user);
    }
}
