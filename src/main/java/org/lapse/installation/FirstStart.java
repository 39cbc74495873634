package org.lapse.installation;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.application.BrowserOrigins;
import org.lapse.organizations.directory.Organization;
import org.lapse.organizations.directory.PasswordPolicy;
import org.lapse.organizations.directory.Passwords;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.User;
import org.lapse.platform.api.DemonstrationMode;
import org.lapse.platform.api.IssuerIdentifier;
import org.lapse.platform.api.Permission;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.LongWork;
import org.lapse.platform.database.Turns;

/**
 * Reads from where browsers may call, and makes what an empty database needs: in demonstration mode two organizations,
 * otherwise one organization with one administrator, whose generated password is written to a file ({@link
 * FirstPasswordFile}) and must be changed at the first sign-in.
 */
@Singleton
@Startup
@DependsOn("Migrations")
public class FirstStart {
    private static final Logger LOG = Logger.getLogger(FirstStart.class.getName());

    /** Nobody is served before it is done. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** 120 random bits, in characters of 6 bits each. */
    private static final int SHORTEST_PASSWORD = 20;

    @PersistenceContext(unitName = "lapse")
    private EntityManager entities;

    @Inject
    private DemoOrganizations demo;

    @Inject
    private Applications applications;

    @Inject
    private BrowserOrigins origins;

    @Inject
    private Passwords passwords;

    @Inject
    private PasswordPolicy policy;

    @Inject
    private WallClock clock;

    @Inject
    private LongWork longWork;

    @Inject
    private Turns turns;

    @Inject
    private DemonstrationMode demonstration;

    @Inject
    private IssuerIdentifier issuer;

    @Inject
    private FirstPasswordFile passwordFile;

    @Inject
    @ConfigProperty(name = "lapse.first.organization", defaultValue = "Organization")
    private String organizationName;

    @Inject
    @ConfigProperty(name = "lapse.first.administrator", defaultValue = "admin@localhost")
    private String administrator;

    /** Of nodes that start at the same moment one makes it, and the others wait and find it there. */
    @PostConstruct
    void start() {
        longWork.during(PATIENCE, () -> {
            turns.take(Turns.What.FIRST_START);
            makeWhatIsMissing(clock.now());
            return true;
        });
        origins.read();
    }

    private void makeWhatIsMissing(Instant now) {
        if (demonstration.isOn()) {
            demo.makeUnlessPresent(now);
            LOG.log(
                    Level.INFO,
                    "Demonstration mode. Look at {0}/demo/ and sign in as alice@demo.example, bob@demo.example or"
                            + " admin@demo.example with the password {1}; the administrator also at {0}/admin/",
                    new Object[] {issuer.value(), DemoOrganizations.PASSWORD});
        } else if (entities.createQuery("select count(o) from Organization o", Long.class)
                        .getSingleResult()
                == 0) {
            makeFirstOrganization(now);
        } else {
            applications.serveAt(Console.ID, Console.redirectUris(issuer.value()));
        }
    }

    private void makeFirstOrganization(Instant now) {
        Organization organization = new Organization(organizationName, "first", now);
        entities.persist(organization);
        Role role = new Role(organization.id(), "Administrator", Permission.all());
        entities.persist(role);
        String password = generatePassword();
        User user = new User(organization.id(), administrator, "Administrator", passwords.hash(password), now);
        user.demandNewPassword();
        user.grant(role);
        entities.persist(user);
        UUID organizationId = organization.id();
        entities.persist(Application.ofInstallation(
                organizationId, Console.ID, Console.NAME, Console.redirectUris(issuer.value()), now));
        Path written = passwordFile.write(user.username(), password, issuer.value());
        LOG.log(
                Level.INFO,
                "First start: the administrator''s name and password are in {0}, which its owner alone can read. The"
                        + " password must be changed at the first sign-in.",
                written);
    }

    private String generatePassword() {
        int length = Math.max(SHORTEST_PASSWORD, policy.minimumLength(false));
        byte[] random = new byte[length];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random).substring(0, length);
    }
}
