package org.lapse.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A web site of somebody else on this machine, which has other origins than Lapse: one by name and one by address. */
final class OtherSite implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> pages = new ConcurrentHashMap<>();

    OtherSite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Has a page at a path. */
    void put(String path, String html) {
        pages.put(path, html);
    }

    /**
     * A page that embeds the browser client of that Lapse for that application, and shows it to scripts as {@code
     * lapse}.
     */
    void putClient(String path, LapseSystem lapse, String application) {
        put(path, """
                <!doctype html>
                <html lang="en"><title>Desk</title>
                <main hidden>Desk</main>
                <script type="module">
                  import { Lapse } from '%s';
                  window.lapse = new Lapse({ application: '%s' });
                  window.person = await window.lapse.start();
                  document.querySelector('main').hidden = false;
                </script>
                </html>
                """.formatted(lapse.url("/client/lapse.js"), application));
    }

    /** The origin by the machine's name, such as {@code http://localhost:40123}. */
    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** The origin by the machine's address. */
    String originByAddress() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange call) throws IOException {
        String page = pages.get(call.getRequestURI().getPath());
        byte[] body = (page == null ? "" : page).getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
        call.sendResponseHeaders(page == null ? 404 : 200, body.length == 0 ? -1 : body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
