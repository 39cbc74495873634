package org.lapse.access.gax;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;

/** {@code /gax/api/version/}: the version of Lapse, as its build wrote it into the archive. */
@WebServlet("/gax/api/version/")
public class VersionServlet extends GaxServlet {
    private static final long serialVersionUID = 1L;
    private static final String BUILD = "/META-INF/maven/org.lapse/lapse/pom.properties";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        enter(request);
        recordUse();
        Properties build = new Properties();
        try (InputStream written = getServletContext().getResourceAsStream(BUILD)) {
            build.load(written);
        }
        send(response, HttpServletResponse.SC_OK, Map.of("version", build.getProperty("version")));
    }
}
