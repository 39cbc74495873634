package org.lapse.organizations.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** A customer of this installation: users, groups, applications and settings belong to exactly one. */
@Entity
public class Organization {
    @Id
    private UUID id;

    private String name;
    private String domain;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Organization() {}

    /**
     * A new organization.
     *
     * @param name what people call it; unique
     * @param domain its short name in sign-in hints; unique
     */
    public Organization(String name, String domain, Instant now) {
        this.id = UUID.randomUUID();
        this.name = name;
        this.domain = domain;
        this.createdAt = now;
    }

    /** The id that never changes. */
    public UUID id() {
        return id;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    /** Its short name in sign-in hints. */
    public String domain() {
        return domain;
    }

    /** Since when it exists. */
    public Instant createdAt() {
        return createdAt;
    }
}
