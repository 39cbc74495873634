package org.lapse.architecture.planted.pure.platform.clock;

import jakarta.inject.Singleton;

@Singleton
class IsABean {
    final int[] numbers = {};
    final IsABean[] others = {};
}
