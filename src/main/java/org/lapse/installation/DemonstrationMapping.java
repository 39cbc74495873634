package org.lapse.installation;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.EnumSet;
import org.lapse.platform.api.DemonstrationMode;

/**
 * Puts the {@link DemonstrationFilter} before everything in demonstration mode, and otherwise before {@code /demo/}
 * alone, so that nothing else waits for it.
 */
@WebListener
public class DemonstrationMapping implements ServletContextListener {
    @Inject
    private DemonstrationMode demonstration;

    @Override
    public void contextInitialized(ServletContextEvent start) {
        start.getServletContext()
                .getFilterRegistration("Demonstration")
                .addMappingForUrlPatterns(
                        EnumSet.of(DispatcherType.REQUEST),
                        !demonstration.isOn(),
                        demonstration.isOn() ? "/*" : "/demo/*");
    }
}
