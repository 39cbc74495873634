/**
 * Which sessions are alive right now?
 *
 * <p>Each node's memory of live sessions: found by the digest of the access token, with the moment of the last activity
 * and a wheel that knows whose deadline comes next. To look a session up, to check it and to record an activity takes
 * no lock and allocates nothing, unless the activity is worth writing down and joins the
 * {@link org.lapse.sessions.ledger.ActivityBacklog}. Times are kept to the millisecond; what is finer is dropped.
 *
 * <p>A change that is earlier than what is known of a session changes nothing. Where it may say what a later one did
 * not, the answer is that the session's row must be read.
 *
 * <p>Nothing here reads a clock: every question about time is asked with the present moment. Imports the JDK alone.
 */
package org.lapse.sessions.ledger;
