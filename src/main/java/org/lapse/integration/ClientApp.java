package org.lapse.integration;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.UUID;

/** An application of an organization as it is embedded in the client: at an address, under a name. */
@Entity
class ClientApp {
    @Id
    private UUID id;

    private UUID organizationId;
    private String applicationId;
    private String name;
    private String url;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ClientApp() {}

    ClientApp(UUID id, UUID organizationId) {
        this.id = id;
        this.organizationId = organizationId;
        this.applicationId = "";
        this.name = "";
        this.url = "";
    }

    UUID id() {
        return id;
    }

    UUID organizationId() {
        return organizationId;
    }

    String applicationId() {
        return applicationId;
    }

    String name() {
        return name;
    }

    String url() {
        return url;
    }

    /** Counts the changes. */
    int version() {
        return version;
    }

    void embed(String application, String underName, String at) {
        applicationId = application;
        name = underName;
        url = at;
    }
}
