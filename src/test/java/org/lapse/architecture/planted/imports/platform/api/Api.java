package org.lapse.architecture.planted.imports.platform.api;

import org.lapse.architecture.planted.imports.platform.clock.Clock;

public record Api(Clock clock) {}
