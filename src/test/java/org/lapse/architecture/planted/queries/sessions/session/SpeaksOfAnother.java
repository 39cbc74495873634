package org.lapse.architecture.planted.queries.sessions.session;

/** Not a query: "select t from RefreshToken t". */
class SpeaksOfAnother {
    static final String TEXT = "A RefreshToken is good once.";
}
