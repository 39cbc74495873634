package org.lapse.architecture.planted.imports.access.gax;

import org.lapse.architecture.planted.imports.platform.clock.Clock;

record Room(Clock clock) {}
