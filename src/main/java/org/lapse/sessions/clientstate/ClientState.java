package org.lapse.sessions.clientstate;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A document that a client stored. */
@Entity
class ClientState {
    @EmbeddedId
    @SuppressWarnings("UnusedVariable") // queries read it
    private Holder holder;

    @SuppressWarnings("UnusedVariable") // for those who look into the table
    private UUID organizationId;

    private byte[] document;
    private Instant writtenAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ClientState() {}

    Document document() {
        return Document.stored(document);
    }

    /** Whether it has been kept for as long as it may. */
    boolean isExpired(Duration kept, Instant now) {
        return !now.isBefore(writtenAt.plus(kept));
    }

    void write(Document next, Instant now) {
        document = next.bytes();
        writtenAt = now;
    }
}
