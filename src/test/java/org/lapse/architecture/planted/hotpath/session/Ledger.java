package org.lapse.architecture.planted.hotpath.session;

/** Is in memory. */
public record Ledger() {}
