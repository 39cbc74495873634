package org.lapse.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;

/**
 * Somebody's site on Apache httpd, which signs people in with Debian's mod_auth_openidc and keeps a session of its own
 * for each; and a person's browser there.
 */
final class ApacheSite implements AutoCloseable {
    private static final Path PROGRAMS = Path.of(LapseSystem.property("lapse.it.proxies"));

    private final URI address;
    private final Path directory;
    private final Process process;
    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .build();

    /** Starts it as a client of Lapse; {@code port} is free. */
    ApacheSite(LapseSystem lapse, int port, String clientId, String secret) throws IOException {
        this.address = URI.create("http://127.0.0.1:" + port);
        // Started by root, httpd becomes another user; not all may read what is in the folder of the build.
        this.directory = Files.createTempDirectory(
                "lapse-apache", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(directory.resolve("index.html"), "inside");
        StringBuilder configuration = new StringBuilder();
        for (String module : new String[] {"mpm_event", "authn_core", "authz_core", "authz_user", "auth_openidc"}) {
            configuration.append("LoadModule %s_module %s/mod_%s.so%n"
                    .formatted(module, PROGRAMS.resolve("apache2-modules"), module));
        }
        configuration.append("""
                ServerRoot %1$s
                ServerName localhost
                User www-data
                Group www-data
                PidFile %1$s/httpd.pid
                ErrorLog %1$s/error.log
                Mutex pthread
                Listen 127.0.0.1:%2$d
                DocumentRoot %1$s
                OIDCProviderMetadataURL %3$s
                OIDCClientID %4$s
                OIDCClientSecret %5$s
                OIDCRedirectURI %6$s
                OIDCCryptoPassphrase of-this-test
                OIDCScope openid
                OIDCPKCEMethod S256
                <Location />
                    AuthType openid-connect
                    Require valid-user
                </Location>
                """.formatted(
                directory, port, lapse.url("/.well-known/openid-configuration"), clientId, secret, callback(port)));
        Path file = directory.resolve("apache2.conf");
        Files.writeString(file, configuration);
        ProcessBuilder httpd = new ProcessBuilder(
                        PROGRAMS.resolve("apache2").toString(), "-DFOREGROUND", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(directory.resolve("output.log").toFile()));
        // Tests put the clock of Lapse forward, and httpd believes no tokens that come from ten minutes ahead.
        httpd.environment()
                .putAll(Map.of(
                        "LD_PRELOAD",
                        PROGRAMS.resolve("libfaketime.so").toString(),
                        "FAKETIME",
                        "+" + lapse.ahead().toSeconds() + "s",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1"));
        this.process = httpd.start();
        await().atMost(Duration.ofSeconds(30))
                .failFast("Apache httpd has ended: see " + directory, () -> !process.isAlive())
                .until(() -> answers(port));
    }

    /** Where Lapse sends people back to; with {@code ?logout=backchannel} it is where logout tokens go. */
    static String callback(int port) {
        return "http://127.0.0.1:" + port + "/callback";
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Looks at the page for which one has to be signed in. */
    Answer open() {
        return open(address.resolve("/index.html"));
    }

    /** Opens an address of the site, and follows no redirect. */
    Answer open(URI uri) {
        try {
            return new Answer(browser.send(
                    HttpRequest.newBuilder(uri).header("Accept", "text/html").build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        process.onExit().join();
        Directories.empty(directory);
        Files.delete(directory);
    }
}
