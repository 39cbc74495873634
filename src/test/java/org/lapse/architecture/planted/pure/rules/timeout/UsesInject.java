package org.lapse.architecture.planted.pure.rules.timeout;

import jakarta.inject.Singleton;

@Singleton
class UsesInject {}
