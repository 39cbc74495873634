package org.lapse.organizations.directory;

import java.util.UUID;

/**
 * A role gives other permissions than before, or has another name. Fired inside the transaction, before users are
 * locked.
 */
public record RoleChanged(UUID roleId) {}
