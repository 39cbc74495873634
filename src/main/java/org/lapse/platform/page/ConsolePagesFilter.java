package org.lapse.platform.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives the files of the console their headers. Everything comes from this server. The one script that stands in the
 * page itself is its import map, which browsers take from nowhere else: it is permitted by its digest, which is read
 * off the page when the server starts, so that the two cannot differ. Lit's own policy is the only one that makes
 * trusted types.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/#external-hash">Content Security Policy Level 3, hashes</a>
 * @see <a href="https://w3c.github.io/trusted-types/dist/spec/">Trusted Types</a>
 */
public class ConsolePagesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String PAGE = "/admin/index.html";
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);

    private String policy = "default-src 'none'";

    @Override
    public void init() throws ServletException {
        try (InputStream page = getServletContext().getResourceAsStream(PAGE)) {
            if (page == null) {
                throw new ServletException("The console is missing: " + PAGE);
            }
            Matcher map = IMPORT_MAP.matcher(new String(page.readAllBytes(), StandardCharsets.UTF_8));
            if (!map.find()) {
                throw new ServletException("There is no import map in " + PAGE);
            }
            policy = policy(digest(map.group(1)));
        } catch (IOException e) {
            throw new ServletException(e);
        }
    }

    static String policy(String digest) {
        return "default-src 'none'; script-src 'self' '" + digest + "'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
                + " require-trusted-types-for 'script'; trusted-types lit-html";
    }

    /** The source expression of an inline script. */
    static String digest(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Content-Security-Policy", policy);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        chain.doFilter(request, response);
    }
}
