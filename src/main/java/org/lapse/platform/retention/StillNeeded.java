package org.lapse.platform.retention;

/**
 * Rows of one entity that must not be forgotten while rows of another refer to them. Anybody who owns the rows that
 * refer produces one of these: it knows what it refers to, and what is referred to need not know by whom.
 *
 * @param entity the entity whose rows are needed
 * @param by the entity whose rows refer to them
 * @param reference the field of those that has the id of what they refer to
 */
public record StillNeeded(Class<?> entity, Class<?> by, String reference) {
    /** The condition that nothing here needs {@code e}, in Jakarta Persistence QL. */
    String isNot() {
        return "not exists (select 1 from " + by.getSimpleName() + " n where n." + reference + " = e.id)";
    }
}
