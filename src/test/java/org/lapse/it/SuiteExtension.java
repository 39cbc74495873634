package org.lapse.it;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Tells Arquillian what the suite needs around the server: {@link SuiteSurroundings}. */
public final class SuiteExtension implements LoadableExtension {
    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(SuiteSurroundings.class);
    }
}
