package org.lapse.installation;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Refusals;
import org.lapse.platform.api.StrictJson;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.nodes.ClusterSettings;

/**
 * What time it is in demonstration mode, and a way to put the clock forward, so that nobody who wants to see a timeout
 * of half an hour has to wait for half an hour. {@link DemonstrationFilter} sees to it that there is no such thing
 * otherwise.
 */
@WebServlet("/demo/clock")
public class DemoClockServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(DemoClockServlet.class.getName());
    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

    @Inject
    private WallClock clock;

    @Inject
    private ClusterSettings cluster;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        show(response);
    }

    /** Takes JSON alone, which a page of somebody else can send only after it has asked, and it is not permitted to. */
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (!StrictJson.isBodyOf(request)) {
                throw ApiException.notJson("The clock is put forward by application/json.");
            }
            if (cluster.isEnabled()) {
                throw ApiException.conflict("Each of several nodes has a clock, and they have to agree.");
            }
            Duration time = StrictJson.read(request, PutForward.class).time();
            clock.putForward(time);
            LOG.log(Level.INFO, "The clock was put forward by {0}", time);
            show(response);
        } catch (IOException | RuntimeException e) {
            Refusals.send(request, response, Refusals.of(e));
        }
    }

    private void show(HttpServletResponse response) throws IOException {
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        StrictJson.mapper()
                .writeValue(
                        response.getOutputStream(),
                        new Time(clock.now(), clock.ahead().toSeconds()));
    }

    /**
     * What time it is.
     *
     * @param now the present moment
     * @param aheadSeconds by how many seconds the clock has been put forward since the server was started
     */
    record Time(Instant now, long aheadSeconds) {}

    /**
     * The wish to put the clock forward.
     *
     * @param forwardSeconds by how many seconds, a day at the most
     */
    record PutForward(@JsonProperty(required = true) long forwardSeconds) {
        Duration time() {
            if (forwardSeconds < 1 || forwardSeconds > MOST_SECONDS) {
                throw ApiException.invalidValue(
                        "forwardSeconds", "The clock is put forward by 1 to " + MOST_SECONDS + " seconds.");
            }
            return Duration.ofSeconds(forwardSeconds);
        }
    }
}
