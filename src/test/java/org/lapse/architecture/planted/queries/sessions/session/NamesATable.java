package org.lapse.architecture.planted.queries.sessions.session;

class NamesATable {
    static final String TEXT = "update refresh_token set spent_at = ?1";
}
