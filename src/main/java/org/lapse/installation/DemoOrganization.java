package org.lapse.installation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.api.Permission;
import org.lapse.application.Application;
import org.lapse.application.ClientSecret;
import org.lapse.directory.Group;
import org.lapse.directory.Organization;
import org.lapse.directory.Passwords;
import org.lapse.directory.Role;
import org.lapse.directory.User;

/** The organization <em>Demo</em>, with passwords that everybody knows. */
@Singleton
class DemoOrganization {
    /** The password of all its users. */
    static final String PASSWORD = "demo-Passw0rd!";

    private final EntityManager entities;
    private final Passwords passwords;
    private final String issuer;

    @Inject
    DemoOrganization(
            EntityManager entities,
            Passwords passwords,
            @ConfigProperty(name = "lapse.issuer", defaultValue = "http://localhost:8080") String issuer) {
        this.entities = entities;
        this.passwords = passwords;
        this.issuer = issuer;
    }

    void makeUnlessPresent(Instant now) {
        boolean present =
                entities.createQuery("select count(o) from Organization o where o.domain = 'demo'", Long.class)
                                .getSingleResult()
                        > 0;
        if (!present) {
            make(now);
        }
    }

    private void make(Instant now) {
        Organization organization = new Organization("Demo", "demo", now);
        entities.persist(organization);
        UUID id = organization.id();
        Role administrator = new Role(id, "Administrator", Permission.all());
        entities.persist(administrator);

        makeUser(id, "admin@demo.example", "Ada Admin", now).grant(administrator);
        makeGroup(id, "Agents", makeUser(id, "alice@demo.example", "Alice Agent", now), now);
        makeGroup(id, "Supervisors", makeUser(id, "bob@demo.example", "Bob Supervisor", now), now);

        entities.persist(Application.serviceClient(
                id, "demo-service", "Demo Service", new ClientSecret("demo-secret"), Set.of(administrator), now));
        entities.persist(Application.publicClient(id, "demo-desk", "Demo Desk", Set.of(issuer + "/demo/"), now));
    }

    private User makeUser(UUID organizationId, String username, String name, Instant now) {
        User user = new User(organizationId, username, name, passwords.hash(PASSWORD), now);
        entities.persist(user);
        return user;
    }

    private void makeGroup(UUID organizationId, String name, User member, Instant now) {
        Group group = new Group(organizationId, name, now);
        group.add(member);
        entities.persist(group);
    }
}
