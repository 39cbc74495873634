package org.lapse.organizations.integration;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Version;
import java.util.UUID;

/** An application of an organization as it is embedded in the client: at an address, under a name. */
@Entity
class ClientApp {
    @EmbeddedId
    private Key key;

    private String applicationId;
    private String name;
    private String url;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ClientApp() {}

    ClientApp(UUID organizationId, UUID id) {
        this.key = new Key(organizationId, id);
        this.applicationId = "";
        this.name = "";
        this.url = "";
    }

    UUID id() {
        return key.id();
    }

    UUID organizationId() {
        return key.organizationId();
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

    /**
     * Which one it is.
     *
     * @param organizationId whose it is
     * @param id what that organization's clients call it; another organization may have the same
     */
    @Embeddable
    record Key(UUID organizationId, UUID id) {}
}
