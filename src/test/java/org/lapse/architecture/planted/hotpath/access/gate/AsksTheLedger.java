package org.lapse.architecture.planted.hotpath.access.gate;

import org.lapse.architecture.planted.hotpath.sessions.session.Ledger;

record AsksTheLedger(Ledger ledger) {}
