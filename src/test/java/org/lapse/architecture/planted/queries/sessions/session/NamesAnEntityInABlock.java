package org.lapse.architecture.planted.queries.sessions.session;

class NamesAnEntityInABlock {
    static final String TEXT = """
            select s from Session s
            join RefreshToken t on t.sessionId = s.id
            """;
}
