package org.lapse.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real proxy with the configuration that we ship, in which nothing but the addresses is changed. What it prints is in
 * {@code output.log} in its directory.
 */
final class ProxyProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path SHIPPED = Path.of(LapseSystem.property("lapse.it.server-config"), "proxies");
    private static final Path PROGRAMS = Path.of(LapseSystem.property("lapse.it.proxies"));

    private final URI url;
    private final Path directory;
    private final Process process;

    private ProxyProcess(int port, Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        this.url = URI.create("http://127.0.0.1:" + port);
        this.directory = directory;
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("output.log").toFile()));
        builder.environment().putAll(environment);
        this.process = builder.start();
        await().atMost(PATIENCE)
                .failFast("the proxy has ended: see " + directory, () -> !process.isAlive())
                .until(() -> answers(port));
    }

    /** nginx before a service, which asks the Lapse on that port. */
    static ProxyProcess nginx(String name, int lapse, int service) throws IOException {
        int port = ServerProcess.freePort();
        Path directory = empty(name);
        Files.writeString(
                directory.resolve("lapse.conf"),
                Files.readString(SHIPPED.resolve("nginx.conf"))
                        .replace("127.0.0.1:8000", "127.0.0.1:" + port)
                        .replace("127.0.0.1:8080", "127.0.0.1:" + lapse)
                        .replace("127.0.0.1:9000", "127.0.0.1:" + service));
        // Where Debian's own nginx.conf has its includes; everything that it writes stays in this directory.
        Files.writeString(directory.resolve("nginx.conf"), """
                user %s;
                daemon off;
                pid nginx.pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    include lapse.conf;
                }
                """.formatted(System.getProperty("user.name")));
        List<String> command = List.of(
                PROGRAMS.resolve("nginx").toString(),
                "-p",
                directory.toString(),
                "-c",
                directory.resolve("nginx.conf").toString());
        return new ProxyProcess(port, directory, command, Map.of());
    }

    /** Caddy before a service, which asks the Lapse on that port. */
    static ProxyProcess caddy(String name, int lapse, int service) throws IOException {
        int port = ServerProcess.freePort();
        Path directory = empty(name);
        Files.writeString(
                directory.resolve("Caddyfile"), "{\n\tadmin off\n}\nimport " + SHIPPED.resolve("Caddyfile") + "\n");
        List<String> command =
                List.of(PROGRAMS.resolve("caddy").toString(), "run", "--config", "Caddyfile", "--adapter", "caddyfile");
        return new ProxyProcess(
                port,
                directory,
                command,
                Map.of(
                        "LISTEN", "http://127.0.0.1:" + port,
                        "LAPSE", "127.0.0.1:" + lapse,
                        "SERVICE", "127.0.0.1:" + service,
                        "XDG_DATA_HOME", directory.toString(),
                        "XDG_CONFIG_HOME", directory.toString()));
    }

    private static Path empty(String name) throws IOException {
        Path directory = Path.of(name).toAbsolutePath();
        Directories.empty(directory);
        return directory;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What is behind the proxy, as its callers reach it. */
    LapseSystem service() {
        return LapseSystem.at(url);
    }

    /** Stops the proxy. */
    @Override
    public void close() {
        process.destroy();
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
