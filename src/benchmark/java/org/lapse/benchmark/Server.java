package org.lapse.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/** A server with Lapse and, beside it, a web application whose one servlet does nothing. */
final class Server implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern READ_BACK = Pattern.compile("live sessions back in (\\d+) ms");
    /** The demonstration's service, as it authenticates. */
    static final String CLIENT = Http.basic("demo-service", "demo-secret");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Process process;
    private final Path output;
    private final URI url;
    private final Duration start;

    private Server(Process process, Path output, URI url, Duration start) {
        this.process = process;
        this.output = output;
        this.url = url;
        this.start = start;
    }

    /** The servers that Lapse runs on. */
    enum Kind {
        PAYARA {
            @Override
            List<String> command(Path directory, Path war, int port, String heap) {
                Path servers = Surroundings.path("benchmark.servers");
                return List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xms" + heap,
                        "-Xmx" + heap,
                        "-jar",
                        servers.resolve("payara-micro.jar").toString(),
                        "--nocluster",
                        "--disablephonehome",
                        "--port",
                        String.valueOf(port),
                        "--prebootcommandfile",
                        Surroundings.path("benchmark.server-config")
                                .resolve("payara-micro/pre-boot-commands.txt")
                                .toString(),
                        "--logproperties",
                        Surroundings.path("benchmark.server-config")
                                .resolve("payara-micro/logging.properties")
                                .toString(),
                        "--addlibs",
                        servers.resolve("postgresql.jar").toString(),
                        "--deploy",
                        war.toString(),
                        "--deploy",
                        directory.resolve("empty.war").toString());
            }
        },
        WILDFLY {
            @Override
            List<String> command(Path directory, Path war, int port, String heap) throws IOException {
                Path home = Surroundings.path("benchmark.wildfly");
                Path base = directory.resolve("base");
                copy(home.resolve("standalone"), base);
                Files.copy(war, base.resolve("deployments/lapse.war"));
                Files.copy(directory.resolve("empty.war"), base.resolve("deployments/empty.war"));
                return StandaloneCommandBuilder.of(home)
                        .setBaseDirectory(base)
                        .addJavaOptions("-Xms" + heap, "-Xmx" + heap)
                        .addServerArgument("-Djboss.http.port=" + port)
                        .addServerArgument("-Djboss.https.port=" + freePort())
                        .addServerArgument("-Djboss.management.http.port=" + freePort())
                        .build();
            }
        };

        abstract List<String> command(Path directory, Path war, int port, String heap) throws IOException;
    }

    /** Starts a server on a database, and returns when Lapse is ready. */
    static Server start(Kind kind, Database database, String heap, Map<String, String> environment) throws Exception {
        Map<String, String> variables = new HashMap<>(database.variables());
        variables.putAll(environment);
        return start(kind, Surroundings.text("benchmark.war"), heap, variables);
    }

    /** Starts a server with that Lapse; without a word about the database in the environment, on a new file of H2. */
    static Server start(Kind kind, String lapse, String heap, Map<String, String> environment) throws Exception {
        Path directory = Files.createTempDirectory(
                Files.createDirectories(Surroundings.path("benchmark.work")), kind.name().toLowerCase() + "-");
        pack(EmptyServlet.class, directory.resolve("empty.war"));
        Path war = Files.copy(Path.of(lapse), directory.resolve("lapse.war")); // whose name is what it is deployed as
        int port = freePort();
        URI url = URI.create("http://localhost:" + port);
        ProcessBuilder builder = new ProcessBuilder(kind.command(directory, war, port, heap))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("output.log").toFile()));
        Map<String, String> variables = new HashMap<>();
        variables.put("LAPSE_ISSUER", url.toString());
        variables.put("LAPSE_DEMO", "true");
        variables.put("LAPSE_LIMIT_SESSIONS_OF_USER", "0");
        variables.put("LAPSE_LIMIT_SESSIONS_OF_USER_IN_APPLICATION", "0");
        variables.put("LAPSE_LIMIT_SESSIONS_OF_CLIENT", "0");
        variables.put("LAPSE_LIMIT_OPENINGS_OF_USER", "0");
        variables.put("LAPSE_LIMIT_OPENINGS_OF_CLIENT", "0");
        variables.put("LAPSE_GATE_PORT", String.valueOf(freePort()));
        variables.putAll(environment);
        builder.environment().putAll(variables);
        Instant begun = Instant.now();
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        while (!isReady(url)) {
            if (!process.isAlive() || Instant.now().isAfter(begun.plus(PATIENCE))) {
                process.destroyForcibly();
                throw new IllegalStateException("The server does not start: see " + directory.resolve("output.log"));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new Server(process, directory.resolve("output.log"), url, Duration.between(begun, Instant.now()));
    }

    URI url() {
        return url;
    }

    /** A new access token of the demonstration's service, which is an administrator. */
    String token() throws IOException, InterruptedException {
        return Http.form(url.resolve("/oauth/token"), CLIENT, "grant_type=client_credentials")
                .required("access_token")
                .asText();
    }

    /** Makes a user of the demonstration's organization. */
    void makeUser(String username, String password) throws IOException, InterruptedException {
        Http.send(
                "POST",
                url.resolve("/api/v2/users"),
                "Bearer " + token(),
                "application/json",
                "{\"name\":\"Visitor\",\"email\":\"" + username + "\",\"password\":\"" + password + "\"}");
    }

    /** Sets the timeout of the demonstration's organization. */
    void setTimeout(Duration timeout) throws IOException, InterruptedException {
        Http.send(
                "PUT",
                url.resolve("/api/v2/tokens/timeout"),
                "Bearer " + token(),
                "application/json",
                "{\"enableIdleTokenTimeout\":true,\"idleTokenTimeoutSeconds\":" + timeout.toSeconds() + "}");
    }

    /** How long it took to start. */
    Duration startTime() {
        return start;
    }

    /** How long the server says that it took to read the sessions back. */
    double readBackSeconds() throws IOException {
        Matcher said = READ_BACK.matcher(Files.readString(output));
        if (!said.find()) {
            throw new IllegalStateException("The server does not say that it has read sessions back: see " + output);
        }
        return Long.parseLong(said.group(1)) / 1e3;
    }

    /** The sum of the metrics whose line begins so. */
    double metric(String name) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(url.resolve("/metrics")).build(), BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Stops it as the operating system would; what is in memory is written down. */
    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Ends it at once; nothing is written down. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it at once, and takes its database away: an H2 that gives tokens for minutes fills gigabytes. */
    void remove() throws IOException, InterruptedException {
        kill();
        for (String folder : List.of("data", "base")) {
            if (Files.exists(output.resolveSibling(folder))) {
                delete(output.resolveSibling(folder));
            }
        }
    }

    /** Takes a folder away, with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    private static boolean isReady(URI url) throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(url.resolve("/health/ready")).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void pack(Class<?> servlet, Path war) throws IOException {
        String path = servlet.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (InputStream code = servlet.getResourceAsStream("/" + path);
                OutputStream file = Files.newOutputStream(war);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            code.transferTo(content);
            zip.putNextEntry(new ZipEntry("WEB-INF/classes/" + path));
            zip.write(content.toByteArray());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path one : new ArrayList<>(all.toList())) {
                Files.copy(one, to.resolve(from.relativize(one).toString()));
            }
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
