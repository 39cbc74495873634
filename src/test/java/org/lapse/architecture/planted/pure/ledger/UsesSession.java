package org.lapse.architecture.planted.pure.ledger;

import org.lapse.architecture.planted.pure.session.Session;

record UsesSession(Session session) {}
