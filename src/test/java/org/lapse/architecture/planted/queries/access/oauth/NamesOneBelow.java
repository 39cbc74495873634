package org.lapse.architecture.planted.queries.access.oauth;

class NamesOneBelow {
    static final String TEXT = "select t from RefreshToken t join Session s on s.id = t.sessionId";
}
