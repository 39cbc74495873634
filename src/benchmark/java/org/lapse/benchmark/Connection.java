package org.lapse.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 that stays open, for one thread. It does so little that the server has nearly all of the
 * machine: the JDK's client takes several times as much of it for a call.
 */
final class Connection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final URI server;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Connection(URI server) {
        this.server = server;
    }

    /** What was answered; the names of headers are in lower case. */
    record Answer(int status, List<String[]> headers, String body) {
        List<String> all(String name) {
            return headers.stream()
                    .filter(header -> header[0].equals(name))
                    .map(header -> header[1])
                    .toList();
        }

        @Nullable String first(String name) {
            List<String> values = all(name);
            return values.isEmpty() ? null : values.get(0);
        }
    }

    /** Sends a call and waits for its answer; {@code headers} are whole lines, and a body is a form. */
    Answer send(String method, String target, List<String> headers, @Nullable String form) throws IOException {
        boolean reused = socket != null;
        String message = message(method, target, headers, form);
        try {
            return exchange(message);
        } catch (IOException closedMeanwhile) {
            close();
            if (!reused) {
                throw closedMeanwhile;
            }
            return exchange(message);
        }
    }

    private String message(String method, String target, List<String> headers, @Nullable String form) {
        StringBuilder message = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(target)
                .append(" HTTP/1.1\r\nHost: ")
                .append(server.getAuthority())
                .append("\r\n");
        headers.forEach(header -> message.append(header).append("\r\n"));
        if (form == null) {
            return message.append("\r\n").toString();
        }
        return message.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                .append(form.length())
                .append("\r\n\r\n")
                .append(form)
                .toString();
    }

    private Answer exchange(String message) throws IOException {
        if (socket == null) {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        }
        socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
        int status = Integer.parseInt(line().split(" ")[1]);
        List<String[]> headers = new ArrayList<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.add(new String[] {
                line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip()
            });
        }
        Answer head = new Answer(status, headers, "");
        Answer answer = new Answer(status, headers, body(head));
        if ("close".equalsIgnoreCase(head.first("connection"))) {
            close();
        }
        return answer;
    }

    private String body(Answer head) throws IOException {
        String length = head.first("content-length");
        if (length != null) {
            return new String(bytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
        }
        if (!"chunked".equalsIgnoreCase(head.first("transfer-encoding"))) {
            return "";
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.write(bytes(size));
            line();
        }
        line();
        return body.toString(StandardCharsets.UTF_8);
    }

    private byte[] bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The answer is cut off");
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The connection was closed");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
            in = null;
        }
    }
}
