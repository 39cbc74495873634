package org.lapse.organizations.application;

/**
 * An application may not have tokens any more. Fired inside the transaction that writes it, which ends its sessions
 * too. Its lock on the application keeps new ones from being opened meanwhile.
 */
public record ApplicationDisabled(String applicationId) {}
