package org.lapse.architecture.planted.keys;

import org.eclipse.microprofile.config.ConfigProvider;

class ReadsByHand {
    String issuer() {
        return ConfigProvider.getConfig().getValue("lapse.issuer", String.class);
    }
}
