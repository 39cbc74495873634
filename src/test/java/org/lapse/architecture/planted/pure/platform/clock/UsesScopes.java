package org.lapse.architecture.planted.pure.platform.clock;

import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class UsesScopes {}
