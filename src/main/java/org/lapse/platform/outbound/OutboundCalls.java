package org.lapse.platform.outbound;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.clock.Uptime;

/**
 * Calls servers whose addresses others chose. The IP address that was looked at is the one that is connected to. No
 * redirect is followed, no cookie kept, no challenge answered, and nothing is sent twice by itself.
 */
@Singleton
public class OutboundCalls {
    private static final Logger LOG = Logger.getLogger(OutboundCalls.class.getName());
    private static final Timeout TO_CONNECT = Timeout.ofSeconds(2);
    private static final Duration IN_ALL = Duration.ofSeconds(5);

    /** An unused connection is closed before most servers close it. */
    private static final TimeValue KEPT = TimeValue.ofSeconds(4);

    /** A name that leads elsewhere by now is followed within this. */
    private static final TimeValue LIFE_OF_A_CONNECTION = TimeValue.ofMinutes(1);

    private static final int CONNECTIONS_TO_A_HOST = 8;
    private static final int CONNECTIONS = 64;

    /** HttpClient tries one address of a host after the other, even when the call was cancelled meanwhile. */
    private static final int MOST_ADDRESSES = 2;

    private static final int LONGEST_LINE = 8192;
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_BODY = 4096;
    private static final int LONGEST_BEGINNING = 200;
    private static final int FIRST_OF_THE_REFUSALS = 400;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    private final OutboundAddresses addresses;
    private final Uptime uptime;
    private final CloseableHttpClient client;
    private final Set<Call> underWay = ConcurrentHashMap.newKeySet();

    @Inject
    OutboundCalls(OutboundAddresses addresses, Uptime uptime) {
        this.addresses = addresses;
        this.uptime = uptime;
        this.client = client();
    }

    private CloseableHttpClient client() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new Guard())
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom()
                                        .setMaxLineLength(LONGEST_LINE)
                                        .setMaxHeaderCount(MOST_HEADERS)
                                        .build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(TO_CONNECT)
                                .setSocketTimeout(Timeout.of(IN_ALL))
                                .setTimeToLive(LIFE_OF_A_CONNECTION)
                                .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                                .build())
                        .setMaxConnPerRoute(CONNECTIONS_TO_A_HOST)
                        .setMaxConnTotal(CONNECTIONS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(TO_CONNECT)
                        .setResponseTimeout(Timeout.of(IN_ALL))
                        .setProtocolUpgradeEnabled(false)
                        .build())
                .setKeepAliveStrategy((response, context) -> KEPT)
                .setUserAgent("Lapse")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableContentCompression()
                .build();
    }

    /**
     * Posts a body, connects within 2 seconds and waits some 5 seconds at the most for the answer. How long the JVM looks
     * for the host's addresses is not in our hands: a call that is overdue by then sends nothing.
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
        HttpPost request = new HttpPost(address);
        request.setHeader("Accept", "application/json");
        request.setEntity(new StringEntity(body, ContentType.create(contentType)));
        Call call = new Call(request, uptime.elapsed().plus(IN_ALL));
        underWay.add(call);
        try {
            ClassicHttpResponse response = client.executeOpen(HttpHost.create(address), request, null);
            OutboundAnswer answer = answer(response);
            close(response, request);
            return answer;
        } catch (IOException | IllegalStateException e) { // the latter if it is cancelled before it is sent
            if (request.isCancelled()) {
                SocketTimeoutException late = new SocketTimeoutException("The answer took too long");
                late.initCause(e);
                throw late;
            }
            throw e;
        } finally {
            underWay.remove(call);
        }
    }

    /**
     * Ends the calls that have taken too long, however often a byte comes. It is called now and then, twice a second or
     * so.
     */
    public void endOverdue() {
        Duration now = uptime.elapsed();
        underWay.stream().filter(call -> now.compareTo(call.deadline()) > 0).forEach(call -> call.request()
                .cancel());
    }

    private static OutboundAnswer answer(ClassicHttpResponse response) {
        int status = response.getCode();
        String body = beginning(response.getEntity());
        return new OutboundAnswer(
                status,
                Optional.ofNullable(response.getFirstHeader("Retry-After"))
                        .map(Header::getValue)
                        .filter(value -> SECONDS.matcher(value).matches())
                        .map(value -> Duration.ofSeconds(Long.parseLong(value))),
                status < FIRST_OF_THE_REFUSALS ? "" : body);
    }

    /** A connection whose answer was read to its end is used again; another is closed without reading the rest. */
    private static void close(ClassicHttpResponse response, HttpPost request) {
        try {
            request.cancel(); // does nothing where the answer was read to its end
            response.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "The connection broke after the answer", e);
        }
    }

    private static String beginning(@Nullable HttpEntity entity) {
        if (entity == null) {
            return "";
        }
        try {
            String body = new String(entity.getContent().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
            String printable = body.replaceAll("[^\\x20-\\x7E]+", " ").strip();
            return printable.substring(0, Math.min(LONGEST_BEGINNING, printable.length()));
        } catch (IOException e) {
            return ""; // the status was read, and says enough
        }
    }

    /** Closes all connections. */
    @PreDestroy
    void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /**
     * A call that waits for its answer.
     *
     * @param deadline the uptime until which it may
     */
    private record Call(HttpPost request, Duration deadline) {}

    /** Finds the IP addresses of a host, and of them only those to which this server may speak. */
    private final class Guard implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] permitted = Stream.of(InetAddress.getAllByName(host))
                    .filter(addresses::permits)
                    .limit(MOST_ADDRESSES)
                    .toArray(InetAddress[]::new);
            if (permitted.length == 0) {
                throw new RefusedAddressException("The host leads to no address that is public or permitted.");
            }
            return permitted;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
