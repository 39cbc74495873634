package org.lapse.platform.outbound;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.lapse.platform.clock.Uptime;

/**
 * Calls servers whose addresses others chose. The JDK's own clients resolve a name where nobody can look: here the
 * address that was looked at is the one that is connected to. No redirect is followed, no cookie kept, no challenge
 * answered, and a connection is used once.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
@Singleton
public class OutboundCalls {
    private static final Duration TO_CONNECT = Duration.ofSeconds(2);
    private static final Duration IN_ALL = Duration.ofSeconds(5);

    private final OutboundAddresses addresses;
    private final Uptime uptime;

    @Inject
    OutboundCalls(OutboundAddresses addresses, Uptime uptime) {
        this.addresses = addresses;
        this.uptime = uptime;
    }

    /**
     * Posts a body, connects within 2 seconds and waits 5 seconds at the most for the answer.
     *
     * @param address one that {@link OutboundAddresses#check} has let pass when it was saved
     * @throws IOException if there is no answer in time, or the address may not be called
     */
    public OutboundAnswer post(URI address, String contentType, String body) throws IOException {
        try {
            addresses.mustBeOffered(address);
        } catch (IllegalArgumentException e) {
            throw new RefusedAddressException(e.getMessage());
        }
        String host = OutboundAddresses.host(address);
        List<InetAddress> found = Stream.of(InetAddress.getAllByName(host))
                .filter(addresses::permits)
                .toList();
        if (found.isEmpty()) {
            throw new RefusedAddressException("The host leads to no address that is public or permitted.");
        }
        try (DeadlineSocket plain = connect(found, OutboundAddresses.port(address));
                Socket socket = OutboundAddresses.isHttps(address) ? secure(plain, address) : plain) {
            OutputStream out = socket.getOutputStream();
            out.write(request(address, contentType, body));
            out.flush();
            return AnswerReader.read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    /** Tries two addresses at the most, so that one of a host's networks may be out of order. */
    private DeadlineSocket connect(List<InetAddress> found, int port) throws IOException {
        Duration deadline = uptime.elapsed().plus(IN_ALL);
        IOException failure = new IOException("No address could be connected to");
        for (InetAddress one : found.subList(0, Math.min(2, found.size()))) {
            DeadlineSocket socket = new DeadlineSocket(uptime::elapsed, deadline);
            boolean connected = false;
            try {
                socket.setTcpNoDelay(true); // a handshake is short messages to and fro
                socket.connect(new InetSocketAddress(one, port), (int) TO_CONNECT.toMillis());
                connected = true;
                return socket;
            } catch (IOException e) {
                failure = e;
            } finally {
                if (!connected) {
                    socket.close();
                }
            }
        }
        throw failure;
    }

    /** TLS with the certificates that the JVM trusts, for that host and no other. */
    private static SSLSocket secure(DeadlineSocket plain, URI address) throws IOException {
        SSLSocket socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, OutboundAddresses.host(address), OutboundAddresses.port(address), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(URI address, String contentType, String body) {
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        String target = address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
        String authority = address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
        return String.join(
                        "\r\n",
                        "POST " + target + " HTTP/1.1",
                        "Host: " + authority,
                        "User-Agent: Lapse",
                        "Accept: application/json",
                        "Content-Type: " + contentType,
                        "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length,
                        "Connection: close",
                        "",
                        body)
                .getBytes(StandardCharsets.UTF_8);
    }
}
