package org.lapse.architecture.planted.imports.insight.oversight;

import org.lapse.architecture.planted.imports.platform.clock.Clock;

record Room(Clock clock) {}
