package org.lapse.sessions.session;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.rules.excludedapi.ApiCall;
import org.lapse.sessions.ledger.LiveSession;

/** The session whose access token makes the present request, and whether the request counts as activity. */
@RequestScoped
public class CurrentSession {
    private @Nullable LiveSession<SessionPrincipal> live;
    private @Nullable ApiCall call;
    private boolean countsAsActivity;

    /** Says whose request this is; done once, by anybody who authenticates it. */
    public void identify(LiveSession<SessionPrincipal> session, ApiCall request, boolean counts) {
        live = session;
        call = request;
        countsAsActivity = counts;
    }

    /**
     * The session.
     *
     * @throws ApiException 401 where the request was not authenticated
     */
    public LiveSession<SessionPrincipal> get() {
        return find().orElseThrow(ApiException::authenticationRequired);
    }

    /** The session; empty where no session makes the request, or where there is no request. */
    public Optional<LiveSession<SessionPrincipal>> find() {
        return Optional.ofNullable(live);
    }

    /**
     * The request as the patterns of excluded APIs see it.
     *
     * @throws ApiException 401 where the request was not authenticated
     */
    public ApiCall call() {
        return Optional.ofNullable(call).orElseThrow(ApiException::authenticationRequired);
    }

    /** Whether the request resets the inactivity timer. */
    public boolean countsAsActivity() {
        return live != null && countsAsActivity;
    }
}
