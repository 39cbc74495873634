package org.lapse.access.signin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A browser in which a user has proved who they are: what its cookie stands for. */
@Entity
@Table(name = "sign_in")
public class SignIn {
    @Id
    private UUID id;

    private UUID organizationId;
    private UUID userId;

    @SuppressWarnings("UnusedVariable") // queries read it
    private byte[] cookieDigest;

    /** What the cookie was before; null where the browser had none. */
    @SuppressWarnings("UnusedVariable") // queries read it
    private byte @Nullable [] formerCookieDigest;

    private Instant authenticatedAt;
    private String authenticationMethods;
    private @Nullable Instant twoFactorsAt;
    private Instant expiresAt;
    private @Nullable Instant endedAt;
    private @Nullable String address;
    private @Nullable String browser;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected SignIn() {}

    SignIn(
            UUID organizationId,
            UUID userId,
            byte[] cookieDigest,
            byte @Nullable [] formerCookieDigest,
            Authentication authentication,
            Instant expiresAt,
            @Nullable String address,
            @Nullable String browser) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.userId = userId;
        this.cookieDigest = cookieDigest;
        this.formerCookieDigest = formerCookieDigest;
        this.authenticatedAt = authentication.at();
        this.authenticationMethods = authentication.methods().stored();
        this.twoFactorsAt = authentication.twoFactorsAt();
        this.expiresAt = expiresAt;
        this.address = address;
        this.browser = browser;
    }

    /** The id that never changes. */
    public UUID id() {
        return id;
    }

    /** The organization of the user. */
    public UUID organizationId() {
        return organizationId;
    }

    /** Who has proved who they are. */
    public UUID userId() {
        return userId;
    }

    /** When the user has proved last who they are, if only with one of two factors. */
    public Instant authenticatedAt() {
        return authenticatedAt;
    }

    /** When and how the user has proved last who they are. */
    public Authentication authentication() {
        return Authentication.stored(authenticatedAt, authenticationMethods, twoFactorsAt);
    }

    /** When its absolute life is over. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** The address from which the password was given last; null where it is not known. */
    public @Nullable String address() {
        return address;
    }

    /** What kind of browser it is, roughly; null where it does not say. */
    public @Nullable String browser() {
        return browser;
    }

    /** Whether it is over at that moment. */
    public boolean isOver(Instant now) {
        return endedAt != null || !now.isBefore(expiresAt);
    }

    /** The user has proved again who they are: everything begins anew. */
    void reauthenticate(Authentication authentication, Instant newEnd) {
        set(authentication);
        expiresAt = newEnd;
    }

    /** The user has no second factor any more. */
    void forgetSecondFactor() {
        set(authentication().withoutSecondFactor());
    }

    private void set(Authentication authentication) {
        authenticatedAt = authentication.at();
        authenticationMethods = authentication.methods().stored();
        twoFactorsAt = authentication.twoFactorsAt();
    }

    /** Where the browser is, and what it is. */
    void cameFrom(String newAddress, @Nullable String newBrowser) {
        address = newAddress;
        browser = newBrowser;
    }

    void changeCookie(byte[] newDigest) {
        formerCookieDigest = cookieDigest;
        cookieDigest = newDigest;
    }

    void end(Instant now) {
        endedAt = now;
    }
}
