package org.lapse.architecture.planted.queries.sessions.session;

class NamesAnEntity {
    static final String TEXT = "delete from RefreshToken t where t.spentAt is not null";
}
