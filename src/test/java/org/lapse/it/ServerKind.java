package org.lapse.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** The two servers that Lapse runs on, and how each is started with nothing but Lapse in it. */
enum ServerKind {
    PAYARA {
        @Override
        void prepare(Path directory, Path war) throws IOException {
            Files.copy(war, directory.resolve(WAR), StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        List<String> command(Path directory, int port) {
            Path servers = Path.of(LapseSystem.property("lapse.it.servers"));
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM);
            command.addAll(List.of(
                    "-jar",
                    servers.resolve("payara-micro.jar").toString(),
                    "--nocluster",
                    "--port",
                    String.valueOf(port),
                    "--prebootcommandfile",
                    Path.of(LapseSystem.property("lapse.it.server-config"), "payara-micro", "pre-boot-commands.txt")
                            .toString(),
                    "--logproperties",
                    Path.of(LapseSystem.property("lapse.it.server-config"), "payara-micro", "logging.properties")
                            .toString(),
                    "--addlibs",
                    servers.resolve("postgresql.jar").toString(),
                    "--deploy",
                    directory.resolve(WAR).toString()));
            return command;
        }
    },

    WILDFLY {
        @Override
        void prepare(Path directory, Path war) throws IOException {
            Path base = directory.resolve("base");
            if (!Files.exists(base)) {
                Directories.copy(home().resolve("standalone"), base);
            }
            Files.copy(war, base.resolve("deployments").resolve(WAR), StandardCopyOption.REPLACE_EXISTING);
        }

        @Override
        List<String> command(Path directory, int port) throws IOException {
            return StandaloneCommandBuilder.of(home())
                    .setBaseDirectory(directory.resolve("base"))
                    .addJavaOptions(JVM)
                    .addServerArgument("-Djboss.http.port=" + port)
                    .addServerArgument("-Djboss.https.port=" + ServerProcess.freePort())
                    .addServerArgument("-Djboss.management.http.port=" + ServerProcess.freePort())
                    .build();
        }

        private Path home() {
            return Path.of(LapseSystem.property("lapse.it.wildfly.home"));
        }
    };

    /** A server that is started again and again is up in half the time with the quick compiler alone. */
    private static final List<String> JVM = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String WAR = "lapse.war";

    /** The server that the running execution is about. */
    static ServerKind ofExecution() {
        return valueOf(LapseSystem.property("arquillian.launch").toUpperCase(Locale.ROOT));
    }

    /** Makes ready what the server needs in its directory before its first start, or before it runs another version. */
    abstract void prepare(Path directory, Path war) throws IOException;

    /** The command that runs the server in the foreground. */
    abstract List<String> command(Path directory, int port) throws IOException;

    /** The Lapse that was built. */
    static Path war() {
        return Path.of(LapseSystem.property("lapse.it.war"));
    }
}
