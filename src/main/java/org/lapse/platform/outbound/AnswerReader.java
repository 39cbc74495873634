package org.lapse.platform.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the answer to a call, whatever somebody may send: so much of it at the most, and the body of a refusal alone. */
final class AnswerReader {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: .*)?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final int LONGEST_HEAD = 16_384;
    private static final int LONGEST_BODY = 4096;
    private static final int LONGEST_BEGINNING = 200;

    private final InputStream in;
    private int headLeft = LONGEST_HEAD;

    private AnswerReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the final answer; those before it (1xx) are passed over.
     *
     * @throws IOException if it is none of HTTP/1.1, or longer than it may be
     */
    static OutboundAnswer read(InputStream in) throws IOException {
        AnswerReader reader = new AnswerReader(in);
        int status;
        Map<String, String> headers;
        do {
            status = reader.status();
            headers = reader.headers();
        } while (status < 200);
        Optional<Duration> retryAfter = Optional.ofNullable(headers.get("retry-after"))
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        return new OutboundAnswer(status, retryAfter, status < 400 ? "" : reader.beginning(headers));
    }

    private int status() throws IOException {
        Matcher line = STATUS_LINE.matcher(line());
        if (!line.matches()) {
            throw new IOException("The answer is not HTTP/1.1");
        }
        return Integer.parseInt(line.group(1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("The answer ends too early");
            }
            if (--headLeft < 0) {
                throw new IOException("The head of the answer is too long");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private String beginning(Map<String, String> headers) throws IOException {
        boolean chunked = headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .endsWith("chunked");
        String length = headers.getOrDefault("content-length", "");
        byte[] body;
        try {
            if (chunked) {
                body = in.readNBytes(Math.min(
                        LONGEST_BODY, Integer.parseInt(line().split(";", 2)[0].strip(), 16)));
            } else if (SECONDS.matcher(length).matches()) {
                body = in.readNBytes((int) Math.min(LONGEST_BODY, Long.parseLong(length)));
            } else {
                body = in.readNBytes(LONGEST_BODY);
            }
        } catch (IOException | IllegalArgumentException e) {
            return ""; // the status was read, and says enough
        }
        String printable = new String(body, StandardCharsets.UTF_8)
                .replaceAll("[^\\x20-\\x7E]+", " ")
                .strip();
        return printable.substring(0, Math.min(LONGEST_BEGINNING, printable.length()));
    }
}
