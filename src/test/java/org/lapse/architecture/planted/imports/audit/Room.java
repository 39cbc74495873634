package org.lapse.architecture.planted.imports.audit;

import org.lapse.architecture.planted.imports.clock.Clock;

record Room(Clock clock) {}
