package org.lapse.organizations.knownapi;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.lapse.rules.excludedapi.ApiPattern;

/** What an organization has registered of another service: the operations of its OpenAPI document, line by line. */
@Entity
class ApiDocument {
    @Id
    private UUID id;

    @SuppressWarnings("UnusedVariable") // queries read it
    private UUID organizationId;

    private String name;
    private String operations;
    private Instant registeredAt;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ApiDocument() {}

    ApiDocument(UUID organizationId, String name) {
        this.id = UUID.randomUUID();
        this.organizationId = organizationId;
        this.name = name;
        this.operations = "";
        this.registeredAt = Instant.EPOCH;
    }

    String name() {
        return name;
    }

    List<ApiPattern> operations() {
        return operations.lines().map(ApiPattern::of).toList();
    }

    Instant registeredAt() {
        return registeredAt;
    }

    void register(List<ApiPattern> found, Instant now) {
        operations = found.stream().map(ApiPattern::toString).collect(Collectors.joining("\n"));
        registeredAt = now;
    }
}
