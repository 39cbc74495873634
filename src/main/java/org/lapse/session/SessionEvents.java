package org.lapse.session;

import java.util.List;

/**
 * All that ended or locked sessions in one transaction, fired inside it after each of its {@link SessionEvent}s: for
 * those who ask the database one question about all of them instead of one about each.
 *
 * @param events what happened, never empty; {@link SessionEvent.SessionEnded} or {@link SessionEvent.SessionLocked}
 */
public record SessionEvents(List<SessionEvent> events) {}
