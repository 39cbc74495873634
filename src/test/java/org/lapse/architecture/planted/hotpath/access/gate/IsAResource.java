package org.lapse.architecture.planted.hotpath.access.gate;

import jakarta.ws.rs.core.UriInfo;

record IsAResource(UriInfo uri) {}
