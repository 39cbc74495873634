package org.lapse.architecture.planted.imports.relogin;

import org.lapse.architecture.planted.imports.clock.Clock;

record Room(Clock clock) {}
