package org.lapse.insight.diagnostics;

/** What a client tells. */
enum DiagnosticKind {
    /** Its log. */
    TRACE,
    /** What it measured of itself. */
    INSIGHT
}
