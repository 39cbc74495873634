package org.lapse.architecture.planted.hotpath.gate;

import org.lapse.architecture.planted.hotpath.session.Ledger;

record AsksTheLedger(Ledger ledger) {}
