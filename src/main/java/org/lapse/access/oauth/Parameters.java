package org.lapse.access.oauth;

import com.nimbusds.oauth2.sdk.util.URLUtils;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a request, as they were sent: either those of the query or those of the body, never both mixed, as
 * {@code getParameter} would have it. One without a value counts as left out.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.1">RFC 6749, section 3.1</a>
 */
final class Parameters {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> all) {
        this.values = new LinkedHashMap<>();
        all.forEach((name, sent) -> {
            List<String> withValue =
                    sent.stream().filter(value -> !value.isEmpty()).toList();
            if (!withValue.isEmpty()) {
                values.put(name, withValue);
            }
        });
    }

    /** Those of a query or a form, urlencoded. */
    static Parameters parse(String encoded) {
        return new Parameters(URLUtils.parseParameters(encoded));
    }

    /** Those in the address. */
    static Parameters ofQuery(HttpServletRequest request) {
        String query = request.getQueryString();
        return parse(query == null ? "" : query);
    }

    /** Whether the body of a request is a form. */
    static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(FORM);
    }

    /**
     * Those in the body.
     *
     * @throws OAuthRefusal {@code invalid_request} if the body is no form
     */
    static Parameters ofBody(HttpServletRequest request) throws IOException {
        if (!isForm(request)) {
            throw OAuthRefusal.invalidRequest("The body is " + FORM + ".");
        }
        return parse(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    /** The value of a parameter that was sent once; empty where it was not sent, or more than once. */
    Optional<String> get(String name) {
        List<String> sent = values.getOrDefault(name, List.of());
        return sent.size() == 1 ? Optional.of(sent.get(0)) : Optional.empty();
    }

    /** The values of a parameter that may be sent more than once, in their order. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether the parameter was sent more than once. */
    boolean isDoubled(String name) {
        return values.getOrDefault(name, List.of()).size() > 1;
    }

    /** The name of a parameter that was sent more than once, if there is one. */
    Optional<String> doubled() {
        return values.keySet().stream().filter(this::isDoubled).findFirst();
    }

    /**
     * These, if none was sent more than once but for {@code resource}, which may be.
     *
     * @throws OAuthRefusal {@code invalid_request} otherwise
     */
    Parameters once() {
        if (values.keySet().stream().anyMatch(name -> isDoubled(name) && !name.equals(RequestedAudience.PARAMETER))) {
            throw OAuthRefusal.invalidRequest("A parameter was sent more than once.");
        }
        return this;
    }

    /** These, under the names that Nimbus reads. */
    Map<String, List<String>> asMap() {
        return values;
    }

    /** Names only: the values may be secrets. */
    @Override
    public String toString() {
        return "Parameters" + values.keySet();
    }
}
