package org.lapse.timeout;

import java.util.UUID;

/** What decides how long sessions may go unused has changed in an organization, and holds from now on. */
public record TimeoutRulesChanged(UUID organizationId) {}
