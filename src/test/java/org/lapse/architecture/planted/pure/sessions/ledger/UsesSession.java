package org.lapse.architecture.planted.pure.sessions.ledger;

import org.lapse.architecture.planted.pure.sessions.session.Session;

record UsesSession(Session session) {}
