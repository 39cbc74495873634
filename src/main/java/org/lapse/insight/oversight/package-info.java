/**
 * Who is signed in at this moment, for how long still, and what can an administrator do about it?
 *
 * <p>Live sessions are found in the ledger, which knows them to the last activity
 * ({@link org.lapse.insight.oversight.LiveSessions}); only what a page of them shows besides, such as people's names,
 * comes from the database. Also tells what a change of the timeouts would do before it is made ({@link
 * org.lapse.insight.oversight.TimeoutPreviews}). Imports {@code session} and what that imports; nobody imports it.
 */
@NullMarked
package org.lapse.insight.oversight;

import org.jspecify.annotations.NullMarked;
