package org.lapse.architecture.planted.pure.ledger;

import org.jspecify.annotations.NullMarked;

@NullMarked
class UsesAnnotations {}
