package org.lapse.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A server of a test's own, with Lapse in it: of the kind and on the kind of database that the running execution is
 * about, on its own port, with its own empty database. A test may kill and start it again as often as it likes; the
 * database stays.
 *
 * <p>The test class needs {@link OnServer} all the same, because PostgreSQL runs only while the suite does. What the
 * server prints is in {@code output.log} in its directory.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ServerKind kind;
    private final Path directory;
    private final int port;
    private final Map<String, String> database;
    private @Nullable Process process;

    private ServerProcess(ServerKind kind, Path directory, int port, Map<String, String> database) {
        this.kind = kind;
        this.directory = directory;
        this.port = port;
        this.database = database;
    }

    /**
     * A server that is not started yet; the name stands for its directory below the execution's and for its database.
     */
    public static ServerProcess named(String name) throws IOException {
        ServerKind kind = ServerKind.ofExecution();
        Path directory = Path.of(name).toAbsolutePath();
        Directories.empty(directory);
        kind.prepare(directory, ServerKind.war());
        return new ServerProcess(kind, directory, freePort(), SuiteDatabase.create(name));
    }

    /** Another server of that kind on the same database; its name stands for its directory. */
    ServerProcess beside(ServerKind otherKind, String name) throws IOException {
        Path other = Path.of(name).toAbsolutePath();
        Directories.empty(other);
        otherKind.prepare(other, ServerKind.war());
        return new ServerProcess(otherKind, other, freePort(), database);
    }

    /** Gives the server, which does not run, another version of Lapse. */
    void upgradeTo(Path war) throws IOException {
        kind.prepare(directory, war);
    }

    /** The Lapse in this server. */
    public LapseSystem lapse() {
        return LapseSystem.at(url());
    }

    /**
     * Starts the server and returns at once.
     *
     * @param environment variables on top of those of the suite, which this server also has
     */
    public void start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(kind.command(directory, port))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Redirect.appendTo(directory.resolve("output.log").toFile()));
        Map<String, String> variables = new HashMap<>(database);
        variables.put("LAPSE_ISSUER", url().toString());
        variables.put("LAPSE_GATE_PORT", String.valueOf(freePort()));
        variables.putAll(environment);
        builder.environment().putAll(variables);
        process = builder.start();
    }

    /** Waits until Lapse answers that it is ready. */
    public void awaitReady() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .failFast("the server has ended: see " + directory, () -> !running()
                        .isAlive())
                .until(this::isReady);
    }

    /** Ends the server as a power failure would, {@code kill -9}; returns when it is gone. */
    public void kill9() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** Sends the server a signal: {@code STOP} and {@code CONT}, as if its machine had been paused. */
    void signal(String name) throws IOException, InterruptedException {
        int failed = new ProcessBuilder(
                        "kill", "-s", name, String.valueOf(running().pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (failed != 0) {
            throw new IllegalStateException("kill failed");
        }
    }

    /** Lets the server write no file beyond that many bytes: for what it has already, the disk is full. */
    void letFilesGrowTo(String bytes) throws IOException, InterruptedException {
        int failed = new ProcessBuilder(
                        "prlimit", "--pid", String.valueOf(running().pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start()
                .waitFor();
        if (failed != 0) {
            throw new IllegalStateException("prlimit failed");
        }
    }

    /** Stops the server in an orderly way, {@code kill -15}; returns when it is gone. */
    public void stop() throws InterruptedException {
        Process stopping = running();
        stopping.destroy();
        stopping.waitFor();
    }

    /** Ends the server if it still runs. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    /** Whether such servers keep their database in a file of H2's. */
    static boolean hasFileDatabase() {
        return !SuiteDatabase.isPostgres();
    }

    private boolean isReady() {
        try {
            return lapse().get("/health/ready").statusCode() == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private URI url() {
        return URI.create("http://localhost:" + port);
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("not started");
        }
        return process;
    }

    /** A port that nobody listens on at this moment. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
