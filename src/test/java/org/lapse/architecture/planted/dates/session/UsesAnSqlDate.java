package org.lapse.architecture.planted.dates.session;

import java.sql.Timestamp;

record UsesAnSqlDate(Timestamp timestamp) {}
