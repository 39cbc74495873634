package org.lapse.architecture.planted.imports.insight.audit;

import org.lapse.architecture.planted.imports.platform.clock.Clock;

record Room(Clock clock) {}
