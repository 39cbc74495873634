package org.lapse.directory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** A person of an organization. */
@Entity
@Table(name = "user_account")
public class User {
    @Id
    private UUID id;

    private UUID organizationId;
    private String username;
    private String name;
    private String passwordHash;
    private boolean enabled;
    private Instant createdAt;

    @Version
    private int version;

    @ManyToMany
    @JoinTable(
            name = "user_role",
            joinColumns = @JoinColumn(name = "user_id"),
            inverseJoinColumns = @JoinColumn(name = "role_id"))
    private Set<Role> roles;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected User() {}

    /**
     * A new user, enabled, without roles.
     *
     * @param username the name for signing in; unique in the organization, whatever its case
     * @param passwordHash the hash of the password, as {@link Passwords#hash} makes it
     */
    public User(UUID organizationId, String username, String name, String passwordHash, Instant now) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.username = normalized(username);
        this.name = name;
        this.passwordHash = passwordHash;
        this.enabled = true;
        this.createdAt = now;
        this.roles = new HashSet<>();
    }

    /** A user name as it is stored and compared. */
    static String normalized(String username) {
        return username.strip().toLowerCase(Locale.ROOT);
    }

    /** The id that never changes; the subject of tokens. */
    public UUID id() {
        return id;
    }

    /** The organization that the user belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** The name for signing in, in lower case. */
    public String username() {
        return username;
    }

    /** Whether this is the user's name for signing in, whatever its case. */
    public boolean isCalled(String asked) {
        return username.equals(normalized(asked));
    }

    /** What people call the user. */
    public String name() {
        return name;
    }

    /** Whether the user may sign in at all. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Since when the user exists. */
    public Instant createdAt() {
        return createdAt;
    }

    /** Counts the changes. */
    public int version() {
        return version;
    }

    String passwordHash() {
        return passwordHash;
    }

    /** Gives the user a role of the same organization. */
    public void grant(Role role) {
        roles.add(role);
    }

    /** The names of the user's roles. */
    public Set<String> roleNames() {
        return roles.stream().map(Role::name).collect(Collectors.toUnmodifiableSet());
    }
}
