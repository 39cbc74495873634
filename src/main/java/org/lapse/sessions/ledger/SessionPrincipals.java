package org.lapse.sessions.ledger;

/**
 * What the ledger asks about what is kept with its sessions. It asks while nobody else changes the session, and after
 * the session can be met by who walks over all of them. So who first changes an answer and then walks over the sessions
 * reaches each: it is met, or the ledger asks after the change.
 *
 * @param <T> what is kept with a session
 */
public interface SessionPrincipals<T> {
    /**
     * The principal as it is now.
     *
     * @param principal what a change said that is to be kept
     * @param version the version of that change
     */
    T latest(T principal, long version);

    /** The timeout that governs the sessions of a principal now. */
    SharedTimeout timeoutOf(T principal);
}
