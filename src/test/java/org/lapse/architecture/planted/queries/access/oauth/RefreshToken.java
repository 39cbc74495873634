package org.lapse.architecture.planted.queries.access.oauth;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "refresh_token")
class RefreshToken {
    @Id
    private @Nullable UUID id;
}
