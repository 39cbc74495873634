package org.lapse.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.test.spi.event.suite.AfterSuite;
import org.jboss.arquillian.test.spi.event.suite.BeforeSuite;
import org.jspecify.annotations.Nullable;
import org.lapse.it.sample.SampleArchive;

/**
 * What stands around the suite's server: an empty working directory, PostgreSQL where the execution asks for it,
 * WildFly's own copy of its base directory, and the sample service beside Lapse. Ready before the server starts, gone
 * after it has stopped.
 */
public final class SuiteSurroundings {
    private static final int BEFORE_THE_SERVER = 100;
    private static final int AFTER_THE_SERVER = -100;

    private @Nullable EmbeddedPostgres postgres;

    void prepare(@Observes(precedence = BEFORE_THE_SERVER) BeforeSuite suite) throws IOException {
        Path workingDirectory = Path.of("").toAbsolutePath();
        Directories.empty(workingDirectory);
        Path sample = workingDirectory.resolve("sample.war");
        SampleArchive.write(sample, LapseSystem.ofSuite().url());
        if (ServerKind.ofExecution() == ServerKind.WILDFLY) {
            Path base = workingDirectory.resolve("wildfly");
            Directories.copy(Path.of(LapseSystem.property("lapse.it.wildfly.home"), "standalone"), base);
            Files.copy(sample, base.resolve("deployments/sample.war"));
        }
        postgres = SuiteDatabase.start();
    }

    void cleanUp(@Observes(precedence = AFTER_THE_SERVER) AfterSuite suite) throws IOException {
        if (postgres != null) {
            postgres.close();
        }
    }
}
