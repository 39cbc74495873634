package org.lapse.architecture.planted.queries.sessions.session;

class NamesAClass {
    static final String TEXT = "org.lapse.architecture.planted.queries.access.oauth.RefreshToken";
}
