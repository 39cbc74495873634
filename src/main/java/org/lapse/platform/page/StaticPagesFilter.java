package org.lapse.platform.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Gives the pages of the WAR that are files their headers: they load from this server alone, and are asked for again
 * each time. Where the filter's parameter {@code frames} is {@code 'self'} they may frame each other, otherwise nobody
 * frames them and they frame nobody.
 */
public class StaticPagesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
                    + " frame-src FRAMES; form-action 'self'; frame-ancestors FRAMES; base-uri 'none';"
                    + " require-trusted-types-for 'script'";

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String frames = Optional.ofNullable(getInitParameter("frames")).orElse("'none'");
        response.setHeader("Content-Security-Policy", POLICY.replace("FRAMES", frames));
        response.setHeader("X-Frame-Options", frames.equals("'none'") ? "DENY" : "SAMEORIGIN");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        chain.doFilter(request, response);
    }
}
