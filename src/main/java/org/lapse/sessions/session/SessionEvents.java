package org.lapse.sessions.session;

import java.util.List;
import java.util.stream.Stream;

/**
 * What happened to sessions in one transaction. Fired inside it, once for all that ended or locked together, so that
 * anybody who listens asks the database one question about all of them instead of one about each.
 *
 * @param events what happened, never empty
 */
public record SessionEvents(List<SessionEvent> events) {
    /** Those that are of that kind. */
    public <E extends SessionEvent> Stream<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast);
    }
}
