package org.lapse.architecture.planted.pure.timeout;

import jakarta.inject.Singleton;

@Singleton
class UsesInject {}
