package org.lapse.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real proxy with the configuration that we ship, in which nothing but the addresses is changed. What it prints is in
 * {@code output.log} in its directory.
 */
final class ProxyProcess implements AutoCloseable {
    /** An API that the configurations name as an example. */
    static final String ORDERS = "https://orders.example";

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path SHIPPED = Path.of(LapseSystem.property("lapse.it.server-config"), "proxies");
    private static final Path PROGRAMS = Path.of(LapseSystem.property("lapse.it.proxies"));

    private final URI url;
    private final Path directory;
    private final List<Path> elsewhere;
    private final Process process;

    private ProxyProcess(
            int port, Path directory, List<Path> elsewhere, List<String> command, Map<String, String> environment)
            throws IOException {
        this.url = URI.create("http://127.0.0.1:" + port);
        this.directory = directory;
        this.elsewhere = elsewhere;
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

    /** Which of our files' lines are in force. */
    enum Callers {
        /** Those that come with a token in a header: the files as they are. */
        WITH_HEADERS,
        /** The same, whose tokens must be for {@value #ORDERS}. */
        WITH_TOKENS_FOR_ORDERS,
        /** Browsers that come with a cookie: the lines for them are taken in. */
        BROWSERS
    }

    /** The programs that are run. */
    enum Kind {
        NGINX {
            @Override
            ProxyProcess start(Place place) throws IOException {
                return place.runNginx(place.shipped("nginx.conf"));
            }
        },
        CADDY {
            @Override
            ProxyProcess start(Place place) throws IOException {
                place.write("Caddyfile", "{\n\tadmin off\n}\n" + place.shipped("Caddyfile"));
                return place.run("caddy", "run", "--config", "Caddyfile", "--adapter", "caddyfile");
            }
        },
        HAPROXY {
            @Override
            ProxyProcess start(Place place) throws IOException {
                place.write("haproxy.cfg", place.shipped("haproxy.cfg"));
                place.write("haproxy.lua", place.shipped("haproxy.lua"));
                return place.run("haproxy", "-db", "-f", "haproxy.cfg");
            }
        },
        HTTPD {
            @Override
            ProxyProcess start(Place place) throws IOException {
                // Started by root, httpd becomes another user, who reads what Lua needs; not all may read what is here.
                Path readable = Files.createTempDirectory(
                        "lapse-httpd",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
                place.elsewhere.add(readable);
                Directories.copy(PROGRAMS.resolve("lua"), readable.resolve("lua"));
                Directories.copy(PROGRAMS.resolve("lua-libraries"), readable.resolve("libraries"));
                Path script = readable.resolve("httpd.lua");
                Files.writeString(script, place.shipped("httpd.lua"));
                place.write(
                        "lapse.conf",
                        place.shipped("httpd.conf")
                                .replace("LuaHookAccessChecker httpd.lua", "LuaHookAccessChecker " + script));
                // What Debian has in apache2.conf and mods-enabled; everything that it writes stays in this directory.
                StringBuilder server = new StringBuilder("""
                        ServerRoot %1$s
                        ServerName localhost
                        User www-data
                        Group www-data
                        PidFile %1$s/httpd.pid
                        ErrorLog error.log
                        Mutex pthread
                        LuaPackagePath %2$s/lua/?.lua
                        LuaPackageCPath %2$s/libraries/?.so
                        """.formatted(place.directory, readable));
                for (String module : HTTPD_MODULES) {
                    server.append("LoadModule %s_module %s/mod_%s.so%n"
                            .formatted(module, PROGRAMS.resolve("apache2-modules"), module));
                }
                place.write("apache2.conf", server + "Include lapse.conf\n");
                return place.run("apache2", "-DFOREGROUND", "-f", place.directory + "/apache2.conf");
            }
        };

        private static final List<String> HTTPD_MODULES =
                List.of("mpm_event", "authz_core", "lua", "proxy", "proxy_http", "reqtimeout");

        abstract ProxyProcess start(Place place) throws IOException;

        /** A proxy before a service, which asks the Lapse on that port. */
        ProxyProcess start(String name, int lapse, int service, Callers callers) throws IOException {
            Path directory = Path.of(name + "-" + this).toAbsolutePath();
            Directories.empty(directory);
            return start(new Place(directory, ServerProcess.freePort(), lapse, service, callers, new ArrayList<>()));
        }
    }

    /** The nginx that we ship for several nodes, before two of them. */
    static ProxyProcess beforeNodes(String name, int one, int other) throws IOException {
        Path directory = Path.of(name + "-nginx").toAbsolutePath();
        Directories.empty(directory);
        Place place =
                new Place(directory, ServerProcess.freePort(), one, other, Callers.WITH_HEADERS, new ArrayList<>());
        return place.runNginx(place.shipped("nginx-nodes.conf")
                .replace("127.0.0.1:8090", "127.0.0.1:" + one)
                .replace("127.0.0.1:8100", "127.0.0.1:" + other));
    }

    /** One of each kind, alike but for that. */
    static List<ProxyProcess> ofEachKind(String name, int lapse, int service, Callers callers) throws IOException {
        List<ProxyProcess> started = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            started.add(kind.start(name, lapse, service, callers));
        }
        return started;
    }

    /**
     * Where a proxy runs.
     *
     * @param port where it listens
     * @param lapse where Lapse does
     * @param service where the service behind it does
     * @param elsewhere what is to be deleted with it
     */
    private record Place(Path directory, int port, int lapse, int service, Callers callers, List<Path> elsewhere) {
        String shipped(String file) throws IOException {
            String text = Files.readString(SHIPPED.resolve(file))
                    .replace("127.0.0.1:8000", "127.0.0.1:" + port)
                    .replace("http://:8000", "http://:" + port)
                    .replace("127.0.0.1:8081", "127.0.0.1:" + lapse)
                    .replace("127.0.0.1:9000", "127.0.0.1:" + service);
            return switch (callers) {
                case WITH_HEADERS -> text;
                case WITH_TOKENS_FOR_ORDERS ->
                    text.replace("$lapse_audience \"\"", "$lapse_audience \"" + ORDERS + "\"")
                            .replace("AUDIENCE = \"\"", "AUDIENCE = \"" + ORDERS + "\"")
                            .replaceAll("(?m)^(\\s*)# (header_up|http-request set-var)", "$1$2");
                case BROWSERS ->
                    text.replace("\t\t\theader_up -Cookie\n", "").replaceAll("(?m)^(\\s*)(?:#|--)browsers ", "$1");
            };
        }

        void write(String file, String text) throws IOException {
            Files.writeString(directory.resolve(file), text);
        }

        ProxyProcess runNginx(String configuration) throws IOException {
            write("lapse.conf", configuration);
            // Where Debian's own nginx.conf has its includes; everything that it writes stays in this directory.
            write("nginx.conf", """
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
            return run(
                    "nginx",
                    "-p",
                    directory.toString(),
                    "-c",
                    directory.resolve("nginx.conf").toString());
        }

        ProxyProcess run(String program, String... arguments) throws IOException {
            List<String> command =
                    new ArrayList<>(List.of(PROGRAMS.resolve(program).toString()));
            command.addAll(List.of(arguments));
            return new ProxyProcess(
                    port,
                    directory,
                    elsewhere,
                    command,
                    Map.of("XDG_DATA_HOME", directory.toString(), "XDG_CONFIG_HOME", directory.toString()));
        }
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

    /** Whether it is of that kind. */
    boolean is(Kind kind) {
        return toString().endsWith("-" + kind);
    }

    /** Stops the proxy. */
    @Override
    public void close() {
        process.destroy();
        for (Path path : elsewhere) {
            try {
                Directories.empty(path);
                Files.delete(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }
}
