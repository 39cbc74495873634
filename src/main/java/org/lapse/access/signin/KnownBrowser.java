package org.lapse.access.signin;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A browser in which a user has signed in, by the digest of a cookie that stays there. */
@Entity
@SuppressWarnings("UnusedVariable") // queries read and write them
class KnownBrowser {
    @Id
    private UUID id;

    private UUID userId;
    private byte[] cookieDigest;
    private @Nullable UUID signInId;
    private Instant lastUsedAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected KnownBrowser() {}
}
