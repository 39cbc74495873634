package org.lapse.architecture.planted.cycle.organizations.directory;

import org.lapse.architecture.planted.cycle.organizations.settings.Egg;

public record Chicken(Egg egg) {}
