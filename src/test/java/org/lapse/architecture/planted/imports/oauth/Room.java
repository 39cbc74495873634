package org.lapse.architecture.planted.imports.oauth;

import org.lapse.architecture.planted.imports.api.Api;
import org.lapse.architecture.planted.imports.clock.Clock;

record Room(Api api, Clock clock) {}
