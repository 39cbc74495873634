package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.RoleChanged;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.rules.timeout.ApplicationTimeout;
import org.lapse.rules.timeout.InactivityTimeout;

/** An option that was stored before {@code lapse.timeout.maximum} was lowered: the maximum holds, and nothing fails. */
@OnBothDatabases
class LoweredMaximumTest {
    private static final String TOO_LONG = "999999";
    private static final String OPTION = "[security] inactivity-timeout";

    private final LapseInJavaSE lapse;
    private final Applications applications;
    private final UUID organizationId;
    private final Caller caller;
    private final String id = UUID.randomUUID().toString();
    private final Role role;

    LoweredMaximumTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.applications = lapse.get(Applications.class);
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        this.caller = new Caller(organizationId, "demo-service", null, "demo-service", Permission.all(), "a token");
        this.role = new Role(organizationId, "role of " + id, Set.of());
        Application application = Application.serviceClient(
                organizationId,
                id,
                id,
                new ClientSecret("secret"),
                Set.of(role),
                lapse.clock().now());
        application.setOption(
                new ApplicationOption("security", "inactivity-timeout"),
                TOO_LONG,
                lapse.clock().now());
        lapse.inTransaction(() -> {
            lapse.entities().persist(role);
            lapse.entities().persist(application);
        });
    }

    @Test
    void maximumHoldsAndIsShownWithWhatTheOptionAsksFor() {
        ApplicationRules rules = applications.readRules(id).orElseThrow().value();
        ApplicationBody body = applications.findByName(organizationId, id).orElseThrow();

        assertThat(rules.security().inactivityTimeout())
                .contains(new ApplicationTimeout(OPTION, "minutes", new InactivityTimeout(applications.longest())));
        assertThat(body.inactivityTimeout())
                .isEqualTo(new ApplicationBody.DecidingOption(
                        OPTION, "minutes", applications.longest().toSeconds(), 999_999 * 60L));
    }

    @Test
    void startFindsTheApplicationAndItsOption() {
        assertThat(applications.longerThanPermitted())
                .containsEntry(
                        id,
                        new ApplicationTimeout(OPTION, "minutes", new InactivityTimeout(Duration.ofMinutes(999_999))))
                .doesNotContainKey("demo-desk");
    }

    @Test
    void whateverElseIsChangedIsChanged() {
        applications.change(caller, id, new ApplicationChange(null, "described", null, null, null, null));
        applications.change(caller, id, options("log", "all", "stdout"));
        applications.change(caller, id, options("security", "inactivity-timeout", TOO_LONG));
        lapse.inTransaction(() -> applications.follow(new RoleChanged(role.id())));

        assertThat(applications.find(id).flatMap(found -> Optional.ofNullable(found.description())))
                .contains("described");
    }

    @Test
    void optionItselfMustBePermittedWhenItIsChanged() {
        assertThatThrownBy(() -> applications.change(caller, id, options("security", "inactivity-timeout", "888888")))
                .isInstanceOf(ApiException.class);

        ApplicationBody after = applications.change(caller, id, options("security", "inactivity-timeout", "5"));

        assertThat(after.inactivityTimeout())
                .isEqualTo(new ApplicationBody.DecidingOption(OPTION, "minutes", 300, null));
    }

    private static ApplicationChange options(String section, String key, @Nullable String value) {
        return new ApplicationChange(null, null, null, null, Map.of(section, Map.of(key, value)), null);
    }
}
