package org.lapse.architecture.planted.queries.oauth;

class NamesOneBelow {
    static final String TEXT = "select t from RefreshToken t join Session s on s.id = t.sessionId";
}
