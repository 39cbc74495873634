package org.lapse.platform.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Lets pages of every origin load the browser client. Its files are the same for everybody and no secret; what a page
 * may do with them is decided where the client calls us. Browsers fetch modules by CORS, so without this they would not
 * run anywhere else.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/webappapis.html#fetch-a-single-module-script">HTML, fetch a
 *     single module script</a>
 */
public class ClientFilesFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-cache");
        chain.doFilter(request, response);
    }
}
