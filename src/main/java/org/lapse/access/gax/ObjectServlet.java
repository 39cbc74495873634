package org.lapse.access.gax;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.StrictJson;

/** {@code /gax/api/cfg/objects/{type}/{dbid}}: one configuration object. */
@WebServlet("/gax/api/cfg/objects/*")
public class ObjectServlet extends GaxServlet {
    private static final long serialVersionUID = 1L;
    private static final Pattern PATH = Pattern.compile("/(\\w+)/(\\d{1,9})");

    @Inject
    private ConfigurationObjects objects;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = enter(request, Permission.OAUTH_CLIENT_VIEW);
        Place place = Place.of(request);
        recordUse();
        send(response, HttpServletResponse.SC_OK, objects.get(caller.organizationId(), place.type, place.dbid));
    }

    @Override
    protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = enter(request, Permission.OAUTH_CLIENT_EDIT);
        Place place = Place.of(request);
        ConfigurationObject wish = StrictJson.read(request, ConfigurationObject.class);
        recordUse();
        send(response, HttpServletResponse.SC_OK, objects.change(caller, place.type, place.dbid, wish));
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = enter(request, Permission.OAUTH_CLIENT_DELETE);
        Place place = Place.of(request);
        recordUse();
        objects.delete(caller, place.type, place.dbid);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private record Place(ObjectType type, int dbid) {
        static Place of(HttpServletRequest request) {
            Matcher path =
                    PATH.matcher(Optional.ofNullable(request.getPathInfo()).orElse(""));
            if (!path.matches()) {
                throw ApiException.notFound();
            }
            return new Place(
                    ObjectType.named(path.group(1)).orElseThrow(ApiException::notFound),
                    Integer.parseInt(path.group(2)));
        }
    }
}
