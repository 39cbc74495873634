package org.lapse.architecture.planted.dates.sessions.session;

import java.util.Date;

record UsesTheOldDate(Date date) {}
