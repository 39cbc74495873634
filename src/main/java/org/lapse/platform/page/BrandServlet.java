package org.lapse.platform.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What the pages load of the brand: its colours as a style sheet, and its mark. */
@WebServlet({"/brand/brand.css", "/brand/logo"})
public class BrandServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String OUR_LOGO = "/page/lapse.svg";

    @Inject
    private Brand brand;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        // An SVG that somebody opens by itself could hold scripts.
        response.setHeader("Content-Security-Policy", "script-src 'none'; sandbox");
        if (request.getServletPath().endsWith(".css")) {
            response.setContentType("text/css;charset=UTF-8");
            response.getOutputStream().write(brand.styleSheet().getBytes(StandardCharsets.UTF_8));
        } else if (brand.logo().isPresent()) {
            response.setContentType(brand.logo().get().mediaType());
            response.getOutputStream().write(brand.logo().get().bytes());
        } else {
            response.setContentType("image/svg+xml");
            try (InputStream ours = Objects.requireNonNull(getServletContext().getResourceAsStream(OUR_LOGO))) {
                ours.transferTo(response.getOutputStream());
            }
        }
    }
}
