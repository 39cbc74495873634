package org.lapse.architecture.planted.queries.sessions.session;

class NamesAnEntityInAList {
    static final String TEXT = "select s from Session s, RefreshToken t where t.sessionId = s.id";
}
