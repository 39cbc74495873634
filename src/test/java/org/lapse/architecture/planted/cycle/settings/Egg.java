package org.lapse.architecture.planted.cycle.settings;

import org.lapse.architecture.planted.cycle.directory.Chicken;

public record Egg(Chicken chicken) {}
