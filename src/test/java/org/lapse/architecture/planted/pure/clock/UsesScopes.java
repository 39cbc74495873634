package org.lapse.architecture.planted.pure.clock;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class UsesScopes {}
