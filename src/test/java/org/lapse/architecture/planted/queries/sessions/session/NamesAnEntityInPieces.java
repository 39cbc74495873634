package org.lapse.architecture.planted.queries.sessions.session;

class NamesAnEntityInPieces {
    static final String TEXT = "not exists (select 1 from " + "RefreshToken t where t.sessionId = e.id)";
}
