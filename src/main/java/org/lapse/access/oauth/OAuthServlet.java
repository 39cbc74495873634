package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import net.minidev.json.JSONObject;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.BodyTooLargeException;
import org.lapse.platform.api.DatabaseOutage;
import org.lapse.platform.api.FailureLog;
import org.lapse.platform.api.StrictJson;

/** An endpoint that answers in JSON, its refusals included: {@code error}, {@code error_description}. */
abstract class OAuthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private FailureLog failures;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try {
            super.service(request, response);
        } catch (OAuthRefusal refusal) {
            refusal.headers().forEach(response::setHeader);
            sendError(response, refusal.error());
        } catch (ApiException refusal) {
            refusal.headers().forEach(response::setHeader);
            sendError(response, OAuthRefusal.errorOf(refusal));
        } catch (BodyTooLargeException e) {
            sendError(response, new ErrorObject("invalid_request", "The request's body is too large.", 413));
        } catch (RuntimeException e) {
            failures.failed(request, e);
            if (DatabaseOutage.isBehind(e)) {
                response.setHeader("Retry-After", Long.toString(DatabaseOutage.RETRY_AFTER_SECONDS));
                sendError(
                        response, OAuth2Error.TEMPORARILY_UNAVAILABLE.setDescription("The database is out of reach."));
            } else {
                sendError(response, OAuth2Error.SERVER_ERROR.setDescription("The server met an unexpected fault."));
            }
        }
    }

    private static void sendError(HttpServletResponse response, ErrorObject error) throws IOException {
        JSONObject body = error.toJSONObject();
        body.put("description", error.getDescription()); // where the vendor's SDKs look
        send(response, error.getHTTPStatusCode(), body);
    }

    /** Answers with JSON that nobody may keep. */
    static void send(HttpServletResponse response, int status, Map<String, ?> body) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Pragma", "no-cache");
        write(response, status, body);
    }

    /** Answers with JSON that may be kept for a minute. */
    static void sendPublic(HttpServletResponse response, Map<String, ?> body) throws IOException {
        response.setHeader("Cache-Control", "public, max-age=60");
        write(response, HttpServletResponse.SC_OK, body);
    }

    private static void write(HttpServletResponse response, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = StrictJson.mapper().writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
