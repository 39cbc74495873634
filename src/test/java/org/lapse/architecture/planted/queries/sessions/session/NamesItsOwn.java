package org.lapse.architecture.planted.queries.sessions.session;

class NamesItsOwn {
    static final String TEXT = "select s from Session s where s.refreshToken = :RefreshToken";
}
