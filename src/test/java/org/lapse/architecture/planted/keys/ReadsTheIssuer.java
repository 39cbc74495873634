package org.lapse.architecture.planted.keys;

import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

class ReadsTheIssuer {
    final String issuerAndWarning;

    @Inject
    ReadsTheIssuer(
            @ConfigProperty(name = "lapse.issuer", defaultValue = "http://localhost:8080") String issuer,
            @ConfigProperty(name = "lapse.warning", defaultValue = "PT1M") String warning) {
        this.issuerAndWarning = issuer + warning;
    }
}
