package org.lapse.architecture.planted.queries.session;

class NamesAClass {
    static final String TEXT = "org.lapse.architecture.planted.queries.oauth.RefreshToken";
}
