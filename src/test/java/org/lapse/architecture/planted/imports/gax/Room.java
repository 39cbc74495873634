package org.lapse.architecture.planted.imports.gax;

import org.lapse.architecture.planted.imports.clock.Clock;

record Room(Clock clock) {}
