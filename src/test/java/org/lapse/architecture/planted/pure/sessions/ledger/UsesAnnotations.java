package org.lapse.architecture.planted.pure.sessions.ledger;

import org.jspecify.annotations.NullMarked;

@NullMarked
class UsesAnnotations {}
