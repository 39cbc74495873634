package org.lapse.platform.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses a method that the servlet does not answer with 405, and says in {@code Allow} which it does. {@link
 * HttpServlet} by itself answers unknown methods with 501, and names no others.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6">RFC 9110, section 15.5.6</a>
 */
public class MethodFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final Map<String, String> METHODS = Map.of(
            "doGet", "GET",
            "doHead", "HEAD",
            "doPost", "POST",
            "doPut", "PUT",
            "doDelete", "DELETE");

    private final transient Map<String, Set<String>> allowedByServlet = new ConcurrentHashMap<>();

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Set<String> allowed = allowedByServlet.computeIfAbsent(
                request.getHttpServletMapping().getServletName(), this::allowedMethods);
        if (allowed.isEmpty() || allowed.contains(request.getMethod())) {
            chain.doFilter(request, response);
        } else {
            response.setHeader("Allow", String.join(", ", allowed));
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    /**
     * The methods that one of our servlets answers; empty for the servers' own servlets, which decide that themselves.
     */
    private Set<String> allowedMethods(String servletName) {
        ServletRegistration servlet = getServletContext().getServletRegistration(servletName);
        return servlet == null ? Set.of() : allowedMethods(typeNamed(servlet.getClassName()));
    }

    private static Class<?> typeNamed(String name) {
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            return Object.class; // of the server itself
        }
    }

    /**
     * The methods that a servlet answers, in the order of the alphabet; empty where it tells them apart in another way.
     */
    static Set<String> allowedMethods(Class<?> servlet) {
        Set<String> allowed = new TreeSet<>();
        for (Class<?> type = servlet;
                HttpServlet.class.isAssignableFrom(type) && type != HttpServlet.class;
                type = type.getSuperclass()) {
            Arrays.stream(type.getDeclaredMethods())
                    .map(Method::getName)
                    .filter(METHODS::containsKey)
                    .map(METHODS::get)
                    .forEach(allowed::add);
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        if (!allowed.isEmpty()) {
            allowed.add("OPTIONS");
        }
        return allowed;
    }
}
