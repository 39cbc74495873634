package org.lapse.architecture.planted.imports.oversight;

import org.lapse.architecture.planted.imports.clock.Clock;

record Room(Clock clock) {}
