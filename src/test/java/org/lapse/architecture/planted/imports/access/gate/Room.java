package org.lapse.architecture.planted.imports.access.gate;

import org.lapse.architecture.planted.imports.platform.api.Api;

record Room(Api api) {}
