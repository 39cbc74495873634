package org.lapse.directory;

import java.util.UUID;

/** A role gives other permissions than before. Fired inside the transaction, after the change was written. */
public record RoleChanged(UUID roleId) {}
