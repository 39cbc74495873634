package org.lapse.architecture.planted.hotpath.sessions.session;

/** Is in memory. */
public record Ledger() {}
