package org.lapse.architecture.planted.hotpath.gate;

import org.lapse.architecture.planted.hotpath.session.Rows;

record AsksWhoAsksTheDatabase(Rows rows) {}
