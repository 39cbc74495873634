package org.lapse.directory;

import java.util.UUID;

/** A role has another name or gives other permissions. Fired inside the transaction, after the change was written. */
public record RoleChanged(UUID roleId) {}
