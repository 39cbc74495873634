package org.lapse.platform.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.CorrelationFilter;
import org.lapse.platform.api.DatabaseOutage;

/**
 * Shows pages: a template {@code org/lapse/platform/page/NAME.mustache} with a model, in which every value is escaped,
 * and the headers that keep a page from being framed, cached, scripted or told to others.
 */
@Singleton
public class Pages {

    private final Mustache.Compiler compiler =
            Mustache.compiler().escapeHTML(true).withLoader(Pages::open);

    private final Map<String, Template> templates = new ConcurrentHashMap<>();
    private final Brand brand;

    @Inject
    Pages(Brand brand) {
        this.brand = brand;
    }

    /**
     * Answers with a page.
     *
     * @param status the HTTP status
     * @param template the name of the template
     * @param model what stands in it: by name, sections need a Boolean or an Iterable
     * @param redirectUri where the answer to the page's form may send the browser; null for nowhere else
     */
    public void show(
            HttpServletResponse response,
            int status,
            String template,
            Map<String, ?> model,
            @Nullable String redirectUri)
            throws IOException {
        send(response, status, template, model, ContentSecurityPolicy.of(redirectUri));
    }

    /**
     * The same for a page that works without scripts, and does more with one of ours. It has the policy of the pages
     * that are files, Trusted Types included.
     */
    public void showWithScript(
            HttpServletResponse response,
            int status,
            String template,
            Map<String, ?> model,
            @Nullable String redirectUri)
            throws IOException {
        send(response, status, template, model, ContentSecurityPolicy.withScript(redirectUri));
    }

    private void send(HttpServletResponse response, int status, String template, Map<String, ?> model, String policy)
            throws IOException {
        byte[] html = render(template, model).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/html");
        response.setCharacterEncoding("UTF-8");
        response.setContentLength(html.length);
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        // With no-referrer browsers would not name the origin of our own forms.
        response.setHeader("Referrer-Policy", "same-origin");
        response.getOutputStream().write(html);
    }

    /** Answers with the page that says what is wrong, and under which name the server's log speaks of it. */
    public void showError(HttpServletRequest request, HttpServletResponse response, int status, String message)
            throws IOException {
        showError(request, response, status, Locale.ENGLISH, message);
    }

    /**
     * The same in English or German.
     *
     * @param language of the message
     */
    public void showError(
            HttpServletRequest request, HttpServletResponse response, int status, Locale language, String message)
            throws IOException {
        Map<String, String> model = Map.of(
                "title", Messages.text(language, "error.title"),
                "message", message,
                "support", Messages.text(language, "error.reference"),
                "lang", language.getLanguage(),
                "correlation", CorrelationFilter.correlationIdOf(request));
        show(response, status, "error", model, null);
    }

    /**
     * The same for a status that says it all, in English or German, as the browser asks. Where the server is busy or
     * its database does not answer, when to try again is in {@code Retry-After}.
     */
    public void showRefusal(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
        if (status == HttpServletResponse.SC_SERVICE_UNAVAILABLE && !response.containsHeader("Retry-After")) {
            response.setHeader("Retry-After", Long.toString(DatabaseOutage.RETRY_AFTER_SECONDS));
        }
        Locale language = Messages.languageOf(request);
        showError(request, response, status, language, Messages.text(language, keyOf(status)));
    }

    private static String keyOf(int status) {
        return switch (status) {
            case 404 -> "error.not-found";
            case 405 -> "error.method";
            case 503 -> "error.unavailable";
            default -> status >= 500 ? "error.fault" : "error.refused";
        };
    }

    String render(String template, Map<String, ?> model) {
        Map<String, Object> branded = new HashMap<>(model);
        branded.put("brand", brand.name());
        branded.putIfAbsent("lang", "en");
        branded.putIfAbsent("wide", false);
        return templates.computeIfAbsent(template, this::compile).execute(branded);
    }

    private Template compile(String name) {
        try (Reader source = open(name)) {
            return compiler.compile(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Reader open(String name) {
        InputStream source = Pages.class.getResourceAsStream(name + ".mustache");
        if (source == null) {
            throw new IllegalArgumentException("There is no template " + name);
        }
        return new InputStreamReader(source, StandardCharsets.UTF_8);
    }
}
