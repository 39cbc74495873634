package org.lapse.architecture.planted.hotpath.gate;

import jakarta.ws.rs.core.UriInfo;

record IsAResource(UriInfo uri) {}
