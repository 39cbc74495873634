package org.lapse.platform.page;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What a page of ours may load and where its forms may lead: nothing but our own style sheets and images, and our own
 * server. No script runs, but on pages that have one of ours.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
final class ContentSecurityPolicy {
    private ContentSecurityPolicy() {}

    /**
     * The header's value.
     *
     * @param redirectUri where the answer to the page's form may send the browser; null for nowhere else. Chromium
     *     applies {@code form-action} to such redirects too
     */
    static String of(@Nullable String redirectUri) {
        return "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'" + sourceOf(redirectUri)
                + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /** The same for a page that has a script, which is a file of ours and may ask our own server. */
    static String withScript(@Nullable String redirectUri) {
        return of(redirectUri)
                + "; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String sourceOf(@Nullable String redirectUri) {
        if (redirectUri == null) {
            return "";
        }
        try {
            URI uri = new URI(redirectUri);
            String scheme = uri.getScheme();
            if (scheme == null) {
                return "";
            }
            String host = uri.getHost();
            boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
            // An application's own scheme has no host, and the grammar of sources knows no IPv6 addresses.
            if (!web || host == null || host.startsWith("[")) {
                return " " + scheme + ":";
            }
            return " " + scheme + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
