package org.lapse.architecture.planted.imports.access.oauth;

import org.lapse.architecture.planted.imports.platform.api.Api;
import org.lapse.architecture.planted.imports.platform.clock.Clock;

record Room(Api api, Clock clock) {}
