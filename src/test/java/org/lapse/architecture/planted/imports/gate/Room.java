package org.lapse.architecture.planted.imports.gate;

import org.lapse.architecture.planted.imports.api.Api;

record Room(Api api) {}
