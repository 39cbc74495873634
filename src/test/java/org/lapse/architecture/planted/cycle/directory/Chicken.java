package org.lapse.architecture.planted.cycle.directory;

import org.lapse.architecture.planted.cycle.settings.Egg;

public record Chicken(Egg egg) {}
