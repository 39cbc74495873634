package org.lapse.architecture.planted.imports.api;

import org.lapse.architecture.planted.imports.clock.Clock;

public record Api(Clock clock) {}
