package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lapse.middle.CalledBy;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Strand;
import org.lapse.middle.Strands;
import org.lapse.organizations.application.Application;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.Organization;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.settings.OrganizationsResource;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * Rules that are changed at the same moment as something else happens. Each test has an organization and an application
 * about which nobody has asked yet.
 */
@OnBothDatabases
class ChangedRulesTest {
    private final LapseInJavaSE lapse;
    private final Strands strands;
    private final InactivityTimeouts timeouts;

    private UUID organizationId = UUID.randomUUID();
    private String applicationId = "";

    ChangedRulesTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.strands = lapse.strands();
        this.timeouts = lapse.get(InactivityTimeouts.class);
        makeOrganization();
    }

    @AfterEach
    void endStrands() throws SQLException {
        strands.close();
    }

    @Test
    void ruleOfAnApplicationThatIsChangedWhileItIsAskedForFirstIsNotLost() {
        assertNotLost(this::ask, () -> setMinutes(5), 5);
    }

    @Test
    void ruleOfAnOrganizationThatIsChangedWhileItIsAskedForFirstIsNotLost() {
        assertNotLost(this::ask, () -> obeyHipaa(true), 15);
    }

    @Test
    void ruleOfAnApplicationThatIsChangedWhileItsFirstSessionIsOpenedIsNotLost() {
        assertNotLost(() -> open("first of " + applicationId), () -> setMinutes(5), 5);
    }

    @Test
    void ruleOfAnOrganizationThatIsChangedWhileItsFirstSessionIsOpenedIsNotLost() {
        assertNotLost(() -> open("first of " + applicationId), () -> obeyHipaa(true), 15);
    }

    /** Stops who comes first at each boundary there is, and changes the rule there. */
    private void assertNotLost(Runnable first, Runnable change, long minutes) {
        int boundaries = 0;
        boolean ended = false;
        while (!ended) {
            makeOrganization();
            setMinutes(30);
            Strand asking = strands.of("asking", first);
            for (int i = 0; i < boundaries && !ended; i++) {
                ended = asking.goOn() == Strand.Place.END;
            }
            Strand changing = strands.of("changing", change);
            goOnAsFarAsPossible(changing);
            asking.finish();
            changing.finish();

            open("next of " + applicationId);
            assertThat(minutes()).as("after %d boundaries", boundaries).contains(minutes);
            assertThat(minutesOf("next of " + applicationId)).contains(minutes);
            assertThat(lapse.get(Admission.class).find("first of " + applicationId).stream())
                    .allSatisfy(
                            session -> assertThat(session.timeout().timeout()).contains(Duration.ofMinutes(minutes)));
            boundaries++;
        }
        assertThat(boundaries).isGreaterThan(2);
    }

    private static void goOnAsFarAsPossible(Strand strand) {
        Strand.Place place = strand.goOn();
        while (place != Strand.Place.END && place != Strand.Place.BLOCKED) {
            place = strand.goOn();
        }
    }

    private void ask() {
        timeouts.decisionFor(organizationId, applicationId, Set.of());
    }

    @Test
    void whoeverIsToldLateOfAnEarlierChangeDoesNotUndoTheLaterOne() {
        open("told late");
        Strand first = strands.of("first", () -> setMinutes(20));
        Strand second = strands.of("second", () -> setMinutes(10));

        first.goOnTo(Strand.Place.AFTER_COMMIT);
        second.finish();
        first.finish();

        assertThat(minutes()).contains(10L);
        assertThat(minutesOf("told late")).contains(10L);
    }

    @Test
    void whoeverIsToldLateOfAnEarlierChangeOfTheOrganizationDoesNotUndoTheLaterOne() {
        open("told late of the organization");
        Strand first = strands.of("first", () -> obeyHipaa(true));
        Strand second = strands.of("second", () -> obeyHipaa(false));

        first.goOnTo(Strand.Place.AFTER_COMMIT);
        second.finish();
        first.finish();

        assertThat(minutes()).isEmpty();
        assertThat(minutesOf("told late of the organization")).isEmpty();
    }

    @Test
    void ruleThatIsRolledBackDoesNotHoldEvenIfItsTransactionHasReadIt() {
        assertThat(inVain(() -> {
                    setMinutes(5);
                    assertThat(minutes()).contains(5L); // nobody had asked before, so this reads what is not committed
                }))
                .isTrue();

        assertThat(minutes()).isEmpty();

        setMinutes(7);
        assertThat(minutes()).contains(7L);
    }

    @Test
    void ruleOfAnApplicationOfWhichNobodyToldIsFoundByItsNumber() {
        setMinutes(30);
        open("not told");
        write("update application_option set option_value = '7' where application_id = :id", applicationId);
        write("update application set change_number = nextval('change_number') where id = :id", applicationId);
        assertThat(minutesOf("not told")).contains(30L);

        catchUp();

        assertThat(minutes()).contains(7L);
        assertThat(minutesOf("not told")).contains(7L);
    }

    @Test
    void settingsOfAnOrganizationOfWhichNobodyToldAreFoundByTheirNumber() {
        obeyHipaa(false);
        open("not told of settings");
        write(
                "update organization_settings set hipaa = true, change_number = nextval('change_number')"
                        + " where organization_id = :id",
                organizationId);
        assertThat(minutesOf("not told of settings")).isEmpty();

        catchUp();

        assertThat(minutes()).contains(15L);
        assertThat(minutesOf("not told of settings")).contains(15L);
    }

    @Test
    void restrictionsAndExclusionsOfWhichNobodyToldAreFoundByTheirNumber() {
        open("not told of restrictions");
        EffectivePolicy policy = EffectivePolicy.of(
                lapse.get(Admission.class).find("not told of restrictions").orElseThrow());
        assertThat(policy.restrictions().permitAll()).isTrue();
        write(
                "insert into authentication_settings values (:id, 'GET poll', '10.0.0.0/8', false, '', 0, 0, 0, 0, 0, 0, 0,"
                        + " nextval('change_number'), false, '')",
                organizationId);

        catchUp();

        assertThat(policy.restrictions().refusal("192.0.2.1", null)).isPresent();
        assertThat(policy.exclusions().contains(new ApiCall("GET", "/poll"))).isTrue();
    }

    @Test
    void permissionsOfAnApplicationOfWhichNobodyToldAreFoundByTheirNumber() {
        open("not told of permissions");
        Role role = new Role(organizationId, "Reader", Permission.all());
        lapse.inTransaction(() -> lapse.entities().persist(role));
        write(
                "insert into application_role select id, '" + role.id() + "' from application where id = :id",
                applicationId);
        write("update application set change_number = nextval('change_number') where id = :id", applicationId);

        catchUp();

        assertThat(lapse.get(Admission.class)
                        .find("not told of permissions")
                        .orElseThrow()
                        .principal()
                        .entitlements()
                        .permissions())
                .isEqualTo(Permission.all());
    }

    private void write(String statement, Object id) {
        lapse.inTransaction(() -> assertThat(lapse.entities()
                        .createNativeQuery(statement)
                        .setParameter("id", id)
                        .executeUpdate())
                .isOne());
    }

    private void catchUp() {
        lapse.get(LedgerProjection.class).catchUp(lapse.clock().now());
    }

    private boolean inVain(Runnable work) {
        try {
            lapse.inTransaction((Runnable) () -> {
                work.run();
                throw new Undone();
            });
            return false;
        } catch (Undone undone) {
            return true;
        }
    }

    private void makeOrganization() {
        Instant now = lapse.clock().now();
        String name = UUID.randomUUID().toString();
        Organization organization = new Organization(name, name, now);
        Application application =
                Application.publicClient(organization.id(), "desk-of-" + name, "Desk", Set.of("https://desk/"), now);
        lapse.inTransaction(() -> {
            lapse.entities().persist(organization);
            lapse.entities().persist(application);
        });
        organizationId = organization.id();
        applicationId = application.id();
    }

    private void setMinutes(int minutes) {
        lapse.get(Applications.class)
                .change(
                        administrator(),
                        applicationId,
                        new ApplicationChange(
                                null,
                                null,
                                null,
                                null,
                                Map.of("security", Map.of("inactivity-timeout", Integer.toString(minutes))),
                                null));
    }

    private void obeyHipaa(boolean obey) {
        lapse.inRequest(() -> lapse.get(OrganizationsResource.class)
                .switchFeature("hipaa", Boolean.toString(obey), null, new CalledBy(administrator())));
    }

    private Caller administrator() {
        return new Caller(organizationId, "administration", null, "administration", Permission.all(), "a token");
    }

    private void open(String token) {
        Instant now = lapse.clock().now();
        Instant expiry = now.plus(Duration.ofHours(8));
        SessionPrincipal principal = new SessionPrincipal(
                organizationId, applicationId, null, applicationId, new Entitlements(Set.of(), Set.of()), "");
        boolean opened = lapse.get(Sessions.class)
                .openIfAdmitted(
                        new NewSession(UUID.randomUUID(), principal, null, now, TokenDigest.of(token), expiry, expiry));
        assertThat(opened).isTrue();
    }

    /** What holds for the next session. */
    private Optional<Long> minutes() {
        return timeouts.decisionFor(organizationId, applicationId, Set.of())
                .timeout()
                .map(InactivityTimeout::duration)
                .map(Duration::toMinutes);
    }

    /** What holds for one that is there. */
    private Optional<Long> minutesOf(String token) {
        LiveSession<SessionPrincipal> session =
                lapse.get(Admission.class).find(token).orElseThrow();
        assertThat(EffectivePolicy.of(session).decision().timeout().map(InactivityTimeout::duration))
                .isEqualTo(session.timeout().timeout());
        return session.timeout().timeout().map(Duration::toMinutes);
    }

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
