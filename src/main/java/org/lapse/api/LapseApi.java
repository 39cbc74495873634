package org.lapse.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application: everything below {@code /api}. */
@ApplicationPath("/api")
public class LapseApi extends Application {}
