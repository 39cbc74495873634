package org.lapse.organizations.application;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.Generated;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Role;
import org.lapse.platform.api.ApiException;

/** An application of an organization: a Framework Application object, and an OAuth client. */
@Entity
public class Application {
    @Id
    private String id;

    private UUID organizationId;
    private @Nullable String name;
    private @Nullable String description;

    @Generated
    @Column(insertable = false, updatable = false)
    private int dbid;

    private String applicationType;
    private String frameworkVersion;
    private @Nullable Integer templateDbid;

    @Enumerated(EnumType.STRING)
    private ApplicationState state;

    @Enumerated(EnumType.STRING)
    private AuthorizedGrantType authorizedGrantType;

    private byte @Nullable [] secretDigest;
    private boolean secretRequired;
    private boolean proofKeyRequired;
    private int tokenValiditySeconds;
    private String scope;
    private boolean trusted;
    private boolean redirectUrisFixed;
    private @Nullable String backchannelLogoutUri;
    private @Nullable Instant redirectUrisAddedAt;
    private Instant createdAt;
    private @Nullable UUID createdBy;
    private Instant modifiedAt;
    private @Nullable UUID modifiedBy;
    private @Nullable Instant deletedAt;

    @Version
    private int version;

    /** Of the last change of this row or of one of its roles. */
    private long changeNumber;

    @ElementCollection
    @CollectionTable(name = "application_option", joinColumns = @JoinColumn(name = "application_id"))
    @Column(name = "option_value")
    private Map<ApplicationOption, String> options;

    @ElementCollection
    @CollectionTable(name = "application_annex", joinColumns = @JoinColumn(name = "application_id"))
    @Column(name = "option_value")
    private Map<ApplicationOption, String> annex;

    @ElementCollection
    @CollectionTable(name = "application_redirect_uri", joinColumns = @JoinColumn(name = "application_id"))
    @Column(name = "redirect_uri")
    private Set<String> redirectUris;

    @ManyToMany
    @JoinTable(
            name = "application_role",
            joinColumns = @JoinColumn(name = "application_id"),
            inverseJoinColumns = @JoinColumn(name = "role_id"))
    private Set<Role> roles;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Application() {}

    private Application(UUID organizationId, String id, String name, AuthorizedGrantType grantType, Instant now) {
        this.id = id;
        this.organizationId = organizationId;
        this.name = name;
        this.applicationType = ApplicationType.GENERIC_CLIENT.name();
        this.frameworkVersion = "";
        this.state = ApplicationState.ACTIVE;
        this.authorizedGrantType = grantType;
        this.secretRequired = grantType == AuthorizedGrantType.CLIENT_CREDENTIALS;
        this.proofKeyRequired = true;
        this.tokenValiditySeconds = (int) Duration.ofDays(1).toSeconds();
        this.scope = "";
        this.createdAt = now;
        this.modifiedAt = now;
        this.options = new HashMap<>();
        this.annex = new HashMap<>();
        this.redirectUris = new HashSet<>();
        this.roles = new HashSet<>();
    }

    /**
     * A public client that signs people in with PKCE and has no secret (RFC 8252 section 8.4). The installation makes
     * it, and trusts it.
     */
    public static Application publicClient(
            UUID organizationId, String id, String name, Set<String> redirectUris, Instant now) {
        Application application = new Application(organizationId, id, name, AuthorizedGrantType.CODE, now);
        application.redirectUris.addAll(redirectUris);
        application.trusted = true;
        return application;
    }

    /** An application that starts with what its template holds, and has neither redirect URIs nor a secret yet. */
    static Application of(ApplicationTemplate template, UUID organizationId, String name, Instant now) {
        Application application =
                new Application(organizationId, UUID.randomUUID().toString(), name, AuthorizedGrantType.CODE, now);
        application.applicationType = template.type().name();
        application.frameworkVersion = template.version();
        application.templateDbid = template.dbid();
        application.options.putAll(ApplicationOption.flat(template.options()));
        application.annex.putAll(ApplicationOption.flat(template.annex()));
        return application;
    }

    /** A client that acts on its own, with a secret of which the digest is kept. */
    public static Application serviceClient(
            UUID organizationId, String id, String name, ClientSecret secret, Set<Role> roles, Instant now) {
        Application application =
                new Application(organizationId, id, name, AuthorizedGrantType.CLIENT_CREDENTIALS, now);
        application.secretDigest = secret.digest();
        application.roles.addAll(roles);
        return application;
    }

    /**
     * A client with a secret, of which the digest is kept, and an id that nobody has.
     *
     * @param createdBy the user who makes it; null where an application does
     */
    static Application client(
            UUID organizationId,
            String name,
            AuthorizedGrantType grantType,
            ClientSecret secret,
            @Nullable UUID createdBy,
            Instant now) {
        Application application =
                new Application(organizationId, UUID.randomUUID().toString(), name, grantType, now);
        application.secretDigest = secret.digest();
        application.createdBy = createdBy;
        application.modifiedBy = createdBy;
        return application;
    }

    /** The id that never changes; the OAuth {@code client_id}. */
    public String id() {
        return id;
    }

    /** The organization that it belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** What people call it; the id of one that is deleted and has given its name up. */
    public String name() {
        return name == null ? id : name;
    }

    /** What it is for, in the administrator's words. */
    public @Nullable String description() {
        return description;
    }

    /** Whether it may have tokens. */
    public ApplicationState state() {
        return state;
    }

    /** How it may come by its tokens. */
    public AuthorizedGrantType authorizedGrantType() {
        return authorizedGrantType;
    }

    /** How long its access tokens live at the most, whatever their use. */
    public Duration tokenValidity() {
        return Duration.ofSeconds(tokenValiditySeconds);
    }

    /** The same with addresses that no administrator changes: they are where the installation serves it. */
    public static Application ofInstallation(
            UUID organizationId, String id, String name, Set<String> redirectUris, Instant now) {
        Application application = publicClient(organizationId, id, name, redirectUris, now);
        application.redirectUrisFixed = true;
        return application;
    }

    /** The scopes that it is registered for; empty where nobody has chosen any. */
    public Set<String> scopes() {
        return scope.isEmpty() ? Set.of() : Set.of(scope.split(" ", -1));
    }

    /** Whether it gets what it asks for without the user's consent. */
    public boolean isTrusted() {
        return trusted;
    }

    /** When an address was added to which people may be sent back; null where none was since it exists. */
    @Nullable
    Instant redirectUrisAddedAt() {
        return redirectUrisAddedAt;
    }

    /** Since when it exists. */
    public Instant createdAt() {
        return createdAt;
    }

    /** The user who made it, if it was one. */
    Optional<UUID> createdBy() {
        return Optional.ofNullable(createdBy);
    }

    /** The user who changed it last, if it was one. */
    Optional<UUID> modifiedBy() {
        return Optional.ofNullable(modifiedBy);
    }

    /** The number of the last change of the application or of one of its roles. */
    long changeNumber() {
        return changeNumber;
    }

    void setChangeNumber(long number) {
        changeNumber = number;
    }

    /** Whether it is no more, and only past sessions still refer to it. */
    boolean isDeleted() {
        return deletedAt != null;
    }

    /** When it was changed last. */
    public Instant modifiedAt() {
        return modifiedAt;
    }

    /** Counts the changes. */
    public int version() {
        return version;
    }

    /** The addresses to which people may be sent back, compared letter by letter. */
    public Set<String> redirectUris() {
        return Set.copyOf(redirectUris);
    }

    /** Where it hears of ended sessions, also after it was deleted; empty where it wants to hear of none. */
    Optional<String> backchannelLogoutUri() {
        return Optional.ofNullable(backchannelLogoutUri);
    }

    /** Whether it may come without a secret: PKCE then shows that it is the one that asked for the code. */
    public boolean isPublicClient() {
        return !secretRequired;
    }

    /** Whether it must show by PKCE that it is the one that asked for a code. */
    boolean isProofKeyRequired() {
        return proofKeyRequired;
    }

    /** Whether it has a secret to authenticate with, required or not. */
    boolean hasSecret() {
        return secretDigest != null;
    }

    /** The SHA-256 of its secret; null where it has none. */
    byte @Nullable [] secretDigest() {
        return secretDigest == null ? null : secretDigest.clone();
    }

    /** The wire names of what it may do on its own. */
    public Set<String> permissions() {
        return roles.stream().flatMap(role -> role.permissions().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The names of the roles that it has on its own, each with the wire names of what it permits. */
    Map<String, Set<String>> permissionsByRole() {
        return roles.stream().collect(Collectors.toUnmodifiableMap(Role::name, Role::permissions));
    }

    /** The number under which the Framework knows it; unique, and given by the database. */
    public int dbid() {
        return dbid;
    }

    /** What kind of component it stands for. */
    public ApplicationType type() {
        return ApplicationType.named(applicationType);
    }

    /** The component's version, as the Framework keeps it; empty where nobody says. */
    public String frameworkVersion() {
        return frameworkVersion;
    }

    /** The template that it was made from; empty where it was made from none. */
    public Optional<Integer> templateDbid() {
        return Optional.ofNullable(templateDbid);
    }

    /** The options: section, key, value, in the order of the alphabet. */
    public Map<String, Map<String, String>> options() {
        return ApplicationOption.bySection(options);
    }

    /** The annex (user properties): what somebody keeps with the application, of the same shape as the options. */
    public Map<String, Map<String, String>> annex() {
        return ApplicationOption.bySection(annex);
    }

    /** The roles that it has on its own. */
    Set<Role> roles() {
        return Set.copyOf(roles);
    }

    void setState(ApplicationState newState) {
        state = newState;
    }

    void setTokenValidity(Duration validity) {
        tokenValiditySeconds = (int) validity.toSeconds();
    }

    void setScopes(Set<String> scopes) {
        scope = scopes.stream().sorted().collect(Collectors.joining(" "));
    }

    void trust(boolean isTrusted) {
        trusted = isTrusted;
    }

    /**
     * Replaces the addresses to which people may be sent back.
     *
     * @throws ApiException 403 {@code not.authorized} where they are those of the installation
     */
    void setRedirectUris(Set<String> newUris, Instant now) {
        if (redirectUrisFixed && !redirectUris.equals(newUris)) {
            throw ApiException.notAuthorized("The addresses of the console are where the installation serves it.");
        }
        moveRedirectUris(newUris, now);
    }

    /** The same for the installation, which is served elsewhere now. */
    void moveRedirectUris(Set<String> newUris, Instant now) {
        redirectUris.retainAll(newUris);
        if (redirectUris.addAll(newUris)) {
            redirectUrisAddedAt = now;
        }
    }

    void setBackchannelLogoutUri(@Nullable String newUri) {
        backchannelLogoutUri = newUri;
    }

    void setRoles(Set<Role> newRoles) {
        roles.retainAll(newRoles);
        roles.addAll(newRoles);
    }

    void requireSecret(boolean required) {
        secretRequired = required;
    }

    void requireProofKey(boolean required) {
        proofKeyRequired = required;
    }

    /** Gives it another secret; the one before is none any more. */
    void setSecret(ClientSecret secret) {
        secretDigest = secret.digest();
    }

    /** Notes who has changed it: the user, or null for an application. */
    void changedBy(@Nullable UUID userId, Instant now) {
        modifiedBy = userId;
        modifiedAt = now;
    }

    /** Keeps the row for those that refer to it, and gives up the name and all that it could do. */
    void delete(Instant now) {
        deletedAt = now;
        name = null;
        state = ApplicationState.DISABLED;
        secretDigest = null;
        redirectUris.clear();
        roles.clear();
    }

    void rename(String newName, Instant now) {
        name = newName;
        modifiedAt = now;
    }

    void describe(String newDescription, Instant now) {
        description = newDescription;
        modifiedAt = now;
    }

    void setState(ApplicationState newState, Instant now) {
        state = newState;
        modifiedAt = now;
    }

    void setFrameworkVersion(String newVersion, Instant now) {
        frameworkVersion = newVersion;
        modifiedAt = now;
    }

    void setOption(ApplicationOption place, @Nullable String value, Instant now) {
        set(options, place, value, now);
    }

    void setAnnex(ApplicationOption place, @Nullable String value, Instant now) {
        set(annex, place, value, now);
    }

    private void set(
            Map<ApplicationOption, String> values, ApplicationOption place, @Nullable String value, Instant now) {
        if (value == null) {
            values.remove(place);
        } else {
            values.put(place, value);
        }
        modifiedAt = now;
    }
}
