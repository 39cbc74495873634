package org.lapse.architecture.planted.dates.session;

import java.util.Date;

record UsesTheOldDate(Date date) {}
