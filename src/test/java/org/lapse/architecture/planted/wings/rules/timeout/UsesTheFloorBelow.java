package org.lapse.architecture.planted.wings.rules.timeout;

import org.lapse.architecture.planted.wings.platform.api.UsesTheFloorAbove;

/** A floor uses the one below it. */
final class UsesTheFloorBelow {
    UsesTheFloorAbove below = new UsesTheFloorAbove();
}
