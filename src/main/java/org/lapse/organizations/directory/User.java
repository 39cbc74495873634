package org.lapse.organizations.directory;

import jakarta.persistence.Column;
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
import org.jspecify.annotations.Nullable;

/** A person of an organization. */
@Entity
@Table(name = "user_account")
public class User {
    @Id
    private UUID id;

    private UUID organizationId;
    private @Nullable String username;
    private String name;
    private @Nullable String passwordHash;
    private boolean passwordMustChange;
    private boolean enabled;
    private Instant createdAt;
    private @Nullable Instant deletedAt;

    /**
     * The number of the change that changed last what the user is given. Queries alone read and write it: a
     * change of something else of the user would write down what was read before.
     */
    @Column(updatable = false)
    @SuppressWarnings("UnusedVariable")
    private long entitlementsVersion;

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
     * @param passwordHash the hash of the password, as {@link Passwords#hash} makes it; null for somebody who cannot
     *     sign in yet
     */
    public User(UUID organizationId, String username, String name, @Nullable String passwordHash, Instant now) {
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

    /** The name for signing in, in lower case; the id of somebody who is deleted and has given it up. */
    public String username() {
        return username == null ? id.toString() : username;
    }

    /** Whether this is the user's name for signing in, whatever its case. */
    public boolean isCalled(String asked) {
        return normalized(asked).equals(username);
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

    /** Whether the user may sign in, may not, or is no more. */
    UserState state() {
        return deletedAt != null ? UserState.DELETED : enabled ? UserState.ACTIVE : UserState.INACTIVE;
    }

    /** Whether the password opens nothing but the page that asks for another one. */
    public boolean mustChangePassword() {
        return passwordMustChange;
    }

    /** Has the user choose another password before anything else. */
    public void demandNewPassword() {
        passwordMustChange = true;
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    void setPasswordHash(String newHash) {
        passwordHash = newHash;
        passwordMustChange = false;
    }

    void rename(String newName) {
        name = newName;
    }

    /** Gives the user another name for signing in. */
    void callForSignIn(String newUsername) {
        username = normalized(newUsername);
    }

    void setEnabled(boolean allowed) {
        enabled = allowed;
    }

    /** Keeps the row for those that refer to it, and gives up the name for signing in, the password and the roles. */
    void delete(Instant now) {
        deletedAt = now;
        enabled = false;
        username = null;
        passwordHash = null;
        roles.clear();
    }

    /** The user's roles. */
    Set<Role> roles() {
        return Set.copyOf(roles);
    }

    void revoke(Role role) {
        roles.remove(role);
    }

    /** Gives the user these roles of the same organization, and no others. */
    void setRoles(Set<Role> newRoles) {
        roles.retainAll(newRoles);
        roles.addAll(newRoles);
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
