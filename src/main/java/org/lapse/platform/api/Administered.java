package org.lapse.platform.api;

import org.jspecify.annotations.Nullable;

/**
 * An administrator has changed something: what the audit keeps of it. Fired inside the transaction of the change.
 *
 * @param by who did it
 * @param action what was done, such as {@code application.update}
 * @param entityType the kind of thing that was changed
 * @param entityId its id
 * @param before the thing as the API shows it before; null where there was none
 * @param after the thing as the API shows it now; null where there is none any more
 */
public record Administered(
        Caller by,
        String action,
        String entityType,
        String entityId,
        @Nullable Object before,
        @Nullable Object after) {}
