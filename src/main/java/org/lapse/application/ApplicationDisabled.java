package org.lapse.application;

/**
 * An application may not have tokens any more. Fired after the transaction that wrote it, so that no new token can slip
 * in while its tokens are ended.
 */
public record ApplicationDisabled(String applicationId) {}
