package org.lapse.architecture.planted.imports.organizations.settings;

import org.lapse.architecture.planted.imports.platform.clock.Clock;

record Room(Clock clock) {}
