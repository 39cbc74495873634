package org.lapse.it;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests that no HTTP library would send, byte for byte. */
final class RawCall {
    private static final int PATIENCE_MILLIS = 30_000;

    private RawCall() {}

    /**
     * The answer, from its status line to its end.
     *
     * @param line the request line without the version
     * @param headers each with its end of line; each character is one byte, and one of them says {@code Connection:
     *     close}
     */
    static String answer(URI server, String line, String headers) throws IOException {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            String request = line + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n" + headers + "\r\n";
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException refusedAlready) {
                // the answer may be there all the same
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The status in an answer. */
    static int statusOf(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
