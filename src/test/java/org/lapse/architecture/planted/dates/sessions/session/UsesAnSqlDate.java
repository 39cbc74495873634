package org.lapse.architecture.planted.dates.sessions.session;

import java.sql.Timestamp;

record UsesAnSqlDate(Timestamp timestamp) {}
