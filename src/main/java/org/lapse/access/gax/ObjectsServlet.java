package org.lapse.access.gax;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.StrictJson;

/** {@code /gax/api/cfg/objects}: finding and making configuration objects. */
@WebServlet("/gax/api/cfg/objects")
public class ObjectsServlet extends GaxServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = Logger.getLogger(ObjectsServlet.class.getName());

    @Inject
    private ConfigurationObjects objects;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = enter(request, Permission.OAUTH_CLIENT_VIEW);
        recordUse();
        ObjectQuery query = ObjectQuery.of(name -> parameter(request, name));
        send(response, HttpServletResponse.SC_OK, objects.find(caller.organizationId(), query));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = enter(request, Permission.OAUTH_CLIENT_ADD);
        ConfigurationObject wish = StrictJson.read(request, ConfigurationObject.class);
        recordUse();
        ConfigurationObject made = objects.create(caller, wish);
        response.setHeader("Location", "/gax/api/cfg/objects/" + made.type() + "/" + made.dbid());
        send(response, HttpServletResponse.SC_CREATED, made);
    }

    private static Optional<String> parameter(HttpServletRequest request, String name) {
        String @Nullable [] values = null;
        try {
            values = request.getParameterValues(name);
        } catch (RuntimeException e) { // WildFly throws where there are more parameters than it takes
            LOG.log(Level.FINE, "A query cannot be read", e);
            throw ApiException.badRequest("The query cannot be read.");
        }
        if (values != null && values.length > 1) {
            throw ApiException.invalidValue(name, name + " is there twice.");
        }
        return Optional.ofNullable(values).map(one -> one[0]);
    }
}
