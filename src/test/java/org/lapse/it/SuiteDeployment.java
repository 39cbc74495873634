package org.lapse.it;

import java.io.File;
import org.eu.ingwar.tools.arquillian.extension.suite.annotations.ArquillianSuiteDeployment;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR that the build has made, as it is, deployed once for all tests. */
@ArquillianSuiteDeployment
public final class SuiteDeployment {
    private SuiteDeployment() {}

    /** {@code target/lapse.war}. */
    @Deployment(testable = false)
    public static WebArchive lapse() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(LapseSystem.property("lapse.it.war")));
    }
}
