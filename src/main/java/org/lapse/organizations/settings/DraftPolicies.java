package org.lapse.organizations.settings;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.lapse.organizations.directory.Groups;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.timeout.PermittedTimeouts;
import org.lapse.rules.timeout.TimeoutPolicy;

/** The policy that would hold if a change were made, for anybody who wants to know before. Nothing is written. */
@Singleton
@Transactional
public class DraftPolicies {
    private final Settings settings;
    private final Groups groups;
    private final WallClock clock;
    private final PermittedTimeouts permitted;

    @Inject
    DraftPolicies(Settings settings, Groups groups, WallClock clock, PermittedTimeouts permitted) {
        this.settings = settings;
        this.groups = groups;
        this.clock = clock;
        this.permitted = permitted;
    }

    /**
     * The policy of an organization after that change.
     *
     * @throws ApiException 400 where the change itself would be refused
     */
    public TimeoutPolicy after(UUID organizationId, IdleTokenTimeout change) {
        OrganizationSettings draft = settings.of(organizationId).draft();
        change.apply(draft, permitted, groups.existing(organizationId, change.groups()), clock.now());
        return draft.policy().atMost(permitted.maximum());
    }
}
