package org.lapse.sessions.session;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.LockReason;
import org.lapse.sessions.ledger.TokenDigest;

/** One user signed in to one application, or an application on its own: the row that outlives the server. */
@Entity
public class Session {
    @Id
    private UUID id;

    private UUID organizationId;
    private String applicationId;
    private @Nullable UUID userId;
    private @Nullable UUID signInId;
    private String scope;
    private @Nullable String tokenScope;
    private String audience;
    private byte @Nullable [] tokenDigest;
    private byte @Nullable [] formerTokenDigest;
    private @Nullable Instant formerTokenUntil;

    @Enumerated(EnumType.STRING)
    private SessionState state;

    @Enumerated(EnumType.STRING)
    private @Nullable EndReason endReason;

    private Instant openedAt;
    private Instant lastActivityAt;
    private @Nullable String lastActivityBy;
    private Instant tokenExpiresAt;
    private Instant expiresAt;
    private @Nullable Instant lockedAt;

    /**
     * The deadline at which inactivity ended or locked it; null where that has not happened, or it was unlocked since.
     */
    private @Nullable Instant lapsedAt;

    private @Nullable Instant endedAt;
    private int refusedUnlocks;
    private @Nullable Instant unlockNotBefore;
    private @Nullable Instant heldUntil;
    private @Nullable String knownPasswordHash;
    private @Nullable Instant renewableUntil;

    /** The number of the change that gave it its present access token, and when that was. */
    private long tokenNumber;

    private @Nullable Instant tokenGivenAt;

    /** The number of the change that changed it last; the writing down of activity is none. */
    private long version;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected Session() {}

    Session(NewSession newSession, long version, Instant now) {
        SessionPrincipal principal = newSession.principal();
        this.version = version;
        this.tokenNumber = version;
        this.tokenGivenAt = now;
        this.id = newSession.id();
        this.organizationId = principal.organizationId();
        this.applicationId = principal.applicationId();
        this.userId = principal.userId();
        this.signInId = newSession.signInId();
        this.scope = principal.scope();
        this.audience = principal.audience();
        this.tokenDigest = newSession.token().bytes();
        this.state = SessionState.ACTIVE;
        this.openedAt = now;
        this.lastActivityAt = newSession.usedAt();
        this.lastActivityBy = nameOf(ActivitySources.OPENED);
        this.tokenExpiresAt = newSession.tokenExpiresAt();
        this.expiresAt = newSession.expiresAt();
    }

    /** The id that never changes, the {@code sid} of its tokens. */
    public UUID id() {
        return id;
    }

    /** The organization that it belongs to. */
    public UUID organizationId() {
        return organizationId;
    }

    /** The application that holds its token. */
    public String applicationId() {
        return applicationId;
    }

    /** The user for whom the application acts; null for an application on its own. */
    public @Nullable UUID userId() {
        return userId;
    }

    /** The sign-in through which it was opened; null where there was none. */
    public @Nullable UUID signInId() {
        return signInId;
    }

    /** The granted scope, space-separated. */
    public String scope() {
        return scope;
    }

    /** The scope of its present access token, which is the granted one unless the client asked for less. */
    public String tokenScope() {
        return tokenScope == null ? scope : tokenScope;
    }

    /** The APIs for which its token is, space-separated; empty for our own. */
    public String audience() {
        return audience;
    }

    /** When it was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Where it stands. */
    public SessionState state() {
        return state;
    }

    /** Why it ended; null while it has not. */
    public @Nullable EndReason endReason() {
        return endReason;
    }

    /** Why it is locked; empty while it is not. A lock without a deadline that passed is an administrator's. */
    public Optional<LockReason> lockReason() {
        return state == SessionState.LOCKED
                ? Optional.of(lapsedAt == null ? LockReason.FORCED : LockReason.INACTIVITY)
                : Optional.empty();
    }

    /** Since when it is locked; null while it is not. */
    public @Nullable Instant lockedAt() {
        return lockedAt;
    }

    /** When it ended; null while it has not. */
    public @Nullable Instant endedAt() {
        return endedAt;
    }

    /** The last activity that was written down; the ledger may know of a later one. */
    public Instant lastActivityAt() {
        return lastActivityAt;
    }

    /** The last activity that was written down, and what it was. */
    public LastActivity lastActivity() {
        return new LastActivity(lastActivityAt, lastActivityBy);
    }

    /**
     * When inactivity ended or locked it, by the deadline; null where it did not, or the session was unlocked since.
     */
    public @Nullable Instant lapsedAt() {
        return lapsedAt;
    }

    private static @Nullable String nameOf(int reset) {
        return ActivitySources.OF_THIS_SERVER.nameOf(reset).orElse(null);
    }

    /** When its absolute life is over, refreshed or not. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** The end of its hold, also where it has passed; null if it is not held. */
    public @Nullable Instant heldUntil() {
        return heldUntil;
    }

    /**
     * The hash of the password that this session knows, where the user's was changed through another application since;
     * null where it is the user's own.
     */
    public @Nullable String knownPasswordHash() {
        return knownPasswordHash;
    }

    /** When the life of its access token is over. */
    Instant tokenExpiresAt() {
        return tokenExpiresAt;
    }

    /** The number of the change that gave it its present access token; 0 where that is not known. */
    long tokenNumber() {
        return tokenNumber;
    }

    /** When it was given its present access token. */
    Instant tokenGivenAt() {
        return tokenGivenAt == null ? openedAt : tokenGivenAt;
    }

    /** The digest of its access token; null while it waits for a refresh. */
    public @Nullable TokenDigest token() {
        return tokenDigest == null ? null : TokenDigest.ofBytes(tokenDigest);
    }

    /** How long the next re-login must wait after the wrong ones before it. */
    Duration unlockWait(Instant now) {
        return unlockNotBefore == null || !now.isBefore(unlockNotBefore)
                ? Duration.ZERO
                : Duration.between(now, unlockNotBefore);
    }

    /** Counts a refused re-login and returns how many there were since the lock. */
    int refuseUnlock(Duration wait, Instant now) {
        unlockNotBefore = now.plus(wait);
        return ++refusedUnlocks;
    }

    int refusedUnlocks() {
        return refusedUnlocks;
    }

    /** The number of the change that changed it last. */
    long version() {
        return version;
    }

    /** Whether it is in use, and its life is not over. */
    public boolean isActive(Instant now) {
        return state == SessionState.ACTIVE && now.isBefore(expiresAt);
    }

    /** The access token before the present one, and until when that stays good; empty where there is none. */
    Optional<CommittedState.Former> formerToken() {
        return formerTokenDigest == null || formerTokenUntil == null
                ? Optional.empty()
                : Optional.of(new CommittedState.Former(TokenDigest.ofBytes(formerTokenDigest), formerTokenUntil));
    }

    /**
     * Gives it its next access token, which is no activity. The one before stays good for the calls that are under way.
     *
     * @param newScope the scope of the token, not more than the granted one
     */
    void giveToken(
            TokenDigest token,
            String newScope,
            Instant tokenExpiry,
            Instant formerUntil,
            long newVersion,
            Instant now) {
        tokenNumber = newVersion;
        tokenGivenAt = now;
        tokenScope = newScope.equals(scope) ? null : newScope;
        formerTokenDigest = tokenDigest;
        formerTokenUntil = tokenDigest == null ? null : formerUntil;
        tokenDigest = token.bytes();
        tokenExpiresAt = tokenExpiry;
        renewableUntil = null;
        version = newVersion;
    }

    /** Its user has authenticated again. */
    void unlock(long newVersion, Instant now) {
        state = SessionState.ACTIVE;
        lockedAt = null;
        lapsedAt = null;
        lastActivityAt = now;
        lastActivityBy = nameOf(ActivitySources.RELOGIN);
        heldUntil = null;
        refusedUnlocks = 0;
        unlockNotBefore = null;
        version = newVersion;
    }

    /** Its user has come back at a page: the holder of its token may ask for a new one, once, before that moment. */
    void makeRenewable(Instant until) {
        renewableUntil = until;
    }

    /** Whether who holds its token may have a new one. */
    boolean isRenewable(Instant now) {
        return renewableUntil != null && now.isBefore(renewableUntil);
    }

    /** Open work keeps it from becoming inactive before that moment, from which the timeout then counts. */
    void hold(Instant until, long newVersion) {
        heldUntil = until;
        version = newVersion;
    }

    /** Its open work is done; that is an activity now, or at the end of its hold if that is over. */
    void release(long newVersion, Instant now) {
        if (heldUntil != null) {
            Instant end = heldUntil.isBefore(now) ? heldUntil : now;
            if (end.isAfter(lastActivityAt)) {
                lastActivityAt = end;
                lastActivityBy = null;
            }
            heldUntil = null;
        }
        version = newVersion;
    }
}
