package org.lapse.organizations.application;

/**
 * A client may be granted less than before, or needs its users' consent now. Fired inside the transaction that writes
 * it, which ends what goes beyond. Its lock on the application keeps anything else from being given meanwhile.
 *
 * @param client the client as it is from now on
 */
public record ScopeReduced(OAuthClient client) {}
