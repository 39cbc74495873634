package org.lapse.installation;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.ClientSecret;
import org.lapse.organizations.directory.Group;
import org.lapse.organizations.directory.Organization;
import org.lapse.organizations.directory.Passwords;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.Permission;

/** The organizations <em>Demo</em> and <em>Demo Two</em>, with passwords that everybody knows. */
@Singleton
class DemoOrganizations {
    /**
     * The password of all their users. Everybody knows it, so the password policy is not asked: it would refuse it for
     * its length. A new one in its place must be a good one.
     */
    static final String PASSWORD = "demo-Passw0rd!";

    private final EntityManager entities;
    private final Applications applications;
    private final Passwords passwords;
    private final String issuer;

    @Inject
    DemoOrganizations(EntityManager entities, Applications applications, Passwords passwords, IssuerIdentifier issuer) {
        this.entities = entities;
        this.applications = applications;
        this.passwords = passwords;
        this.issuer = issuer.value();
    }

    void makeUnlessPresent(Instant now) {
        if (isMissing("demo")) {
            makeDemo(now);
        }
        if (isMissing("demo-two")) {
            makeDemoTwo(now);
        }
        makeConsole("demo", Console.ID, now);
        makeConsole("demo-two", "demo-two-console", now);
    }

    private boolean isMissing(String domain) {
        return entities.createQuery("select count(o) from Organization o where o.domain = :domain", Long.class)
                        .setParameter("domain", domain)
                        .getSingleResult()
                == 0;
    }

    private void makeDemo(Instant now) {
        Role administrator = makeOrganization("Demo", "demo", now);
        UUID id = administrator.organizationId();

        // one for all of them: each would take a while, and everybody knows the password
        String hash = passwords.hash(PASSWORD);
        makeUser(id, "admin@demo.example", "Ada Admin", hash, now).grant(administrator);
        makeGroup(id, "Agents", makeUser(id, "alice@demo.example", "Alice Agent", hash, now), now);
        makeGroup(id, "Supervisors", makeUser(id, "bob@demo.example", "Bob Supervisor", hash, now), now);

        entities.persist(Application.serviceClient(
                id, "demo-service", "Demo Service", new ClientSecret("demo-secret"), Set.of(administrator), now));
        entities.persist(Application.publicClient(id, "demo-desk", "Demo Desk", Set.of(issuer + "/demo/"), now));
    }

    private void makeConsole(String domain, String applicationId, Instant now) {
        if (entities.find(Application.class, applicationId) == null) {
            UUID organizationId = entities.createQuery(
                            "select o.id from Organization o where o.domain = :domain", UUID.class)
                    .setParameter("domain", domain)
                    .getSingleResult();
            entities.persist(Application.ofInstallation(
                    organizationId, applicationId, Console.NAME, Console.redirectUris(issuer), now));
        } else {
            applications.serveAt(applicationId, Console.redirectUris(issuer));
        }
    }

    /** The small one: there to see that organizations are apart. */
    private void makeDemoTwo(Instant now) {
        Role administrator = makeOrganization("Demo Two", "demo-two", now);
        UUID id = administrator.organizationId();

        String hash = passwords.hash(PASSWORD);
        makeUser(id, "admin@two.example", "Tom Admin", hash, now).grant(administrator);
        makeUser(id, "carol@two.example", "Carol Agent", hash, now);

        entities.persist(Application.serviceClient(
                id,
                "demo-two-service",
                "Demo Two Service",
                new ClientSecret("demo-two-secret"),
                Set.of(administrator),
                now));
        entities.persist(
                Application.publicClient(id, "demo-two-desk", "Demo Two Desk", Set.of(issuer + "/demo/"), now));
    }

    /** Makes an organization; answers its role that may do everything. */
    private Role makeOrganization(String name, String domain, Instant now) {
        Organization organization = new Organization(name, domain, now);
        entities.persist(organization);
        Role administrator = new Role(organization.id(), "Administrator", Permission.all());
        entities.persist(administrator);
        return administrator;
    }

    private User makeUser(UUID organizationId, String username, String name, String passwordHash, Instant now) {
        User user = new User(organizationId, username, name, passwordHash, now);
        entities.persist(user);
        return user;
    }

    private void makeGroup(UUID organizationId, String name, User member, Instant now) {
        Group group = new Group(organizationId, name, now);
        group.add(member);
        entities.persist(group);
    }
}
