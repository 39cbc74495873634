package org.lapse.architecture.planted.wings.platform.api;

import org.lapse.architecture.planted.wings.rules.timeout.Rule;

/** The lowest floor uses a higher one. */
public final class UsesTheFloorAbove {
    Rule rule = new Rule();
}
