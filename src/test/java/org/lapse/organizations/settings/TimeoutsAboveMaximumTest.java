package org.lapse.organizations.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.organizations.directory.Group;
import org.lapse.organizations.directory.Organization;
import org.lapse.rules.timeout.GroupBundle;
import org.lapse.rules.timeout.GroupBundles;
import org.lapse.rules.timeout.InactivityTimeout;
import org.lapse.rules.timeout.PermittedTimeouts;
import org.lapse.rules.timeout.TimeoutPolicy;

/** A timeout that an organization stored before {@code lapse.timeout.maximum} was lowered: the maximum holds. */
@OnBothDatabases
class TimeoutsAboveMaximumTest {
    private final LapseInJavaSE lapse;
    private final Settings settings;
    private final Duration longest;

    TimeoutsAboveMaximumTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.settings = lapse.get(Settings.class);
        this.longest = lapse.get(PermittedTimeouts.class).maximum();
    }

    @Test
    void maximumHoldsForTheOrganizationAndForItsGroupsAndTheStartFindsThem() {
        UUID tooLong = organizationWith(longest.multipliedBy(2));
        UUID permitted = organizationWith(longest);

        TimeoutPolicy policy = settings.policy(tooLong).value();

        assertThat(policy.organizationWide()).contains(new InactivityTimeout(longest));
        assertThat(policy.groupBundles().bundles())
                .extracting(GroupBundle::timeout)
                .containsExactly(new InactivityTimeout(longest));
        assertThat(settings.longerThanPermitted()).contains(tooLong).doesNotContain(permitted);
    }

    @Test
    void administratorsStillSeeWhatWasChosen() {
        Duration chosen = longest.multipliedBy(2);

        assertThat(settings.of(organizationWith(chosen)).timeout()).isEqualTo(chosen);
    }

    private UUID organizationWith(Duration timeout) {
        String name = UUID.randomUUID().toString();
        Organization organization = new Organization(name, name, lapse.clock().now());
        Group group = new Group(organization.id(), name, lapse.clock().now());
        OrganizationSettings chosen = new OrganizationSettings(organization.id());
        chosen.setTimeout(timeout, TimeoutUnit.HOURS, true, true, lapse.clock().now());
        chosen.setGroupTimeouts(
                new GroupBundles(List.of(new GroupBundle(1, new InactivityTimeout(timeout), Set.of(group.id())))),
                Map.of(1, TimeoutUnit.HOURS));
        lapse.inTransaction(() -> {
            lapse.entities().persist(organization);
            lapse.entities().persist(group);
            lapse.entities().persist(chosen);
        });
        return organization.id();
    }
}
