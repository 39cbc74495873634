package org.lapse.architecture.planted.queries.sessions.session;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
public class Session {
    @Id
    private @Nullable UUID id;
}
