package org.lapse.platform.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What kind of browser makes a request, roughly, such as {@code Firefox, Windows}: enough for people to know it again.
 * The header itself is not kept.
 */
public final class BrowserName {
    /** Most browsers claim to be others too: who claims most comes first. */
    private static final Map<String, String> BROWSERS = inOrder(
            "Edg",
            "Edge",
            "OPR/",
            "Opera",
            "SamsungBrowser/",
            "Samsung Internet",
            "Firefox/",
            "Firefox",
            "FxiOS/",
            "Firefox",
            "CriOS/",
            "Chrome",
            "Chrome/",
            "Chrome",
            "Safari/",
            "Safari");

    private static final Map<String, String> SYSTEMS = inOrder(
            "Android",
            "Android",
            "iPhone",
            "iPhone",
            "iPad",
            "iPad",
            "CrOS",
            "ChromeOS",
            "Windows",
            "Windows",
            "Mac OS X",
            "macOS",
            "Linux",
            "Linux");

    /** What other programs begin with (RFC 9110 section 10.1.5). */
    private static final Pattern PRODUCT = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    private BrowserName() {}

    /** The browser, or the program, that makes a request; empty where it does not say. */
    public static Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("User-Agent")).flatMap(BrowserName::of);
    }

    /** The browser, or the program, of a header {@code User-Agent}; empty where nobody can tell. */
    static Optional<String> of(String userAgent) {
        Optional<String> browser = first(BROWSERS, userAgent);
        if (browser.isEmpty()) {
            Matcher product = PRODUCT.matcher(userAgent);
            return product.lookingAt() ? Optional.of(product.group()) : Optional.empty();
        }
        return first(SYSTEMS, userAgent)
                .map(system -> browser.get() + ", " + system)
                .or(() -> browser);
    }

    private static Optional<String> first(Map<String, String> names, String userAgent) {
        return names.entrySet().stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Map<String, String> inOrder(String... marksAndNames) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < marksAndNames.length; i += 2) {
            names.put(marksAndNames[i], marksAndNames[i + 1]);
        }
        return names;
    }
}
