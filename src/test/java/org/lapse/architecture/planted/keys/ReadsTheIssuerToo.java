package org.lapse.architecture.planted.keys;

import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

class ReadsTheIssuerToo {
    final String issuer;

    @Inject
    ReadsTheIssuerToo(@ConfigProperty(name = "lapse.issuer", defaultValue = "http://localhost:8080") String issuer) {
        this.issuer = issuer;
    }
}
