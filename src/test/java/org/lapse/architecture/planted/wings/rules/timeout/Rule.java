package org.lapse.architecture.planted.wings.rules.timeout;

/** What is used from below. */
public final class Rule {}
