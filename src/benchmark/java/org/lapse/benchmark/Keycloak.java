package org.lapse.benchmark;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Keycloak in its production mode, with its own embedded database and the realm in {@code keycloak-realm.json}. */
final class Keycloak implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final URI realm;

    private Keycloak(Process process, URI realm) {
        this.process = process;
        this.realm = realm;
    }

    static Keycloak start() throws Exception {
        Path home = Surroundings.path("benchmark.keycloak");
        home.resolve("bin/kc.sh").toFile().setExecutable(true);
        Path realms = Files.createDirectories(home.resolve("data/import"));
        Files.copy(
                Surroundings.path("benchmark.source").resolve("keycloak-realm.json"),
                realms.resolve("peer-realm.json"),
                StandardCopyOption.REPLACE_EXISTING);
        forget(home.resolve("data/h2")); // a realm that is there already is not read anew
        int port = Server.freePort();
        Path output = home.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(
                        home.resolve("bin/kc.sh").toString(),
                        "start",
                        "--import-realm",
                        "--db=dev-file",
                        "--cache=local",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + Server.freePort(),
                        "--hostname-strict=false")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "KC_BOOTSTRAP_ADMIN_USERNAME", "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD", "admin-Passw0rd!",
                        "JAVA_OPTS_APPEND", "-Xms2g -Xmx2g"));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process)));
        Keycloak keycloak = new Keycloak(process, URI.create("http://127.0.0.1:" + port + "/realms/peer"));
        Instant begun = Instant.now();
        while (!keycloak.isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(begun.plus(PATIENCE))) {
                end(process);
                throw new IllegalStateException("Keycloak does not start: see " + output);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return keycloak;
    }

    /** Where the realm is. */
    URI realm() {
        return realm;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return Http.get(realm, null).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        end(process);
    }

    private static void forget(Path database) throws IOException {
        if (Files.exists(database)) {
            Server.delete(database);
        }
    }

    /** The script starts Java as a process of its own. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
