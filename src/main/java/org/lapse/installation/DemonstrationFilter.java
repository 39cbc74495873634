package org.lapse.installation;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.DemonstrationMode;

/**
 * Refuses demonstration mode wherever somebody from outside could reach it: unless the server listens on loopback
 * addresses alone, every request is answered with 503 and the reason, the one for {@code /health/ready} included.
 * Without demonstration mode there is no {@code /demo/}, before which alone it then stands: {@link
 * DemonstrationMapping}.
 */
public class DemonstrationFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(DemonstrationFilter.class.getName());
    private static final String REFUSAL =
            "Demonstration mode (lapse.demo) is refused: the server is not bound to loopback. Bind it to 127.0.0.1, or"
                    + " switch demonstration mode off.";

    @Inject
    private DemonstrationMode demonstration;

    private volatile @Nullable Boolean reachable;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (demonstration.isOn() && isReachableFromOutside(request)) {
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println(REFUSAL);
        } else if (!demonstration.isOn()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } else {
            chain.doFilter(request, response);
        }
    }

    private boolean isReachableFromOutside(HttpServletRequest request) throws IOException {
        if (!InetAddress.getByName(request.getLocalAddr()).isLoopbackAddress()) {
            return true;
        }
        Boolean known = reachable;
        if (known == null) {
            Optional<InetAddress> open = ListeningAddresses.firstFromOutside(request.getLocalPort());
            open.ifPresent(address ->
                    LOG.log(Level.SEVERE, "{0} It listens on {1}", new Object[] {REFUSAL, address.getHostAddress()}));
            known = open.isPresent();
            reachable = known;
        }
        return known;
    }
}
