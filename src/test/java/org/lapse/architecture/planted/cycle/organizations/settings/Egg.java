package org.lapse.architecture.planted.cycle.organizations.settings;

import org.lapse.architecture.planted.cycle.organizations.directory.Chicken;

public record Egg(Chicken chicken) {}
