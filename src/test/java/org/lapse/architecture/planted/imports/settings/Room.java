package org.lapse.architecture.planted.imports.settings;

import org.lapse.architecture.planted.imports.clock.Clock;

record Room(Clock clock) {}
