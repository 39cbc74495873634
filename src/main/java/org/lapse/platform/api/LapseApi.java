package org.lapse.platform.api;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** The JAX-RS application: everything below {@code /api}. */
@ApplicationPath("/" + LapseApi.ROOT)
public class LapseApi extends Application {
    /** The first segment of every path of the API, from the server's root. */
    public static final String ROOT = "api";

    /**
     * What Jersey has to leave alone, so that {@link JsonProvider} is the only one for JSON: with others beside it,
     * chance decides at each start of Payara which one answers. Other servers ignore these settings.
     */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of(
                "jersey.config.jsonFeature", "org.lapse",
                "jersey.config.disableMetainfServicesLookup", true,
                "jersey.config.server.wadl.disableWadl", true);
    }
}
