package org.lapse.organizations.knownapi;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.RecordsActivity;
import org.lapse.platform.api.RequiredBody;
import org.lapse.platform.api.RequiresPermission;
import org.lapse.platform.api.Texts;
import org.lapse.platform.clock.WallClock;
import org.lapse.rules.excludedapi.ApiPattern;

/** {@code /api/v2/apis}: the APIs that are known, to choose from while one types. */
@Singleton
@Path("v2/apis")
@Produces(MediaType.APPLICATION_JSON)
@RecordsActivity
public class ApisResource {
    private static final int MOST_DOCUMENTS = 50;

    @Inject
    private OwnApis own;

    @Inject
    private ApiDocuments documents;

    @Inject
    private Event<Administered> administered;

    @Inject
    private WallClock clock;

    /** Those whose path contains a text, whatever its case; all of them where there is none. */
    @GET
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "The APIs that are known, by a part of their path: what one may want to exclude")
    @Transactional
    public Page<KnownApi> find(
            @QueryParam("contains") @Nullable String contains,
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        String wanted = contains == null ? "" : contains.strip().toLowerCase(Locale.ROOT);
        List<KnownApi> found = Stream.concat(
                        own.all().stream(),
                        documents.of(Caller.of(security).organizationId()).stream()
                                .flatMap(document -> document.operations().stream()))
                .distinct()
                .map(KnownApi::of)
                .filter(api -> ("/" + api.path).toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(Comparator.comparing(KnownApi::path).thenComparing(KnownApi::method))
                .toList();
        List<KnownApi> entities =
                found.stream().skip(page.first()).limit(page.size()).toList();
        return Page.of(entities, page, found.size(), "/api/v2/apis");
    }

    /** The documents by which the organization has registered other services. */
    @GET
    @Path("documents")
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "The OpenAPI documents by which other services were registered")
    @Transactional
    public Page<DocumentBody> list(
            @QueryParam("pageSize") @Nullable String pageSize,
            @QueryParam("pageNumber") @Nullable String pageNumber,
            @Context SecurityContext security) {
        Page.Request page = Page.Request.of(pageSize, pageNumber);
        List<ApiDocument> found = documents.of(Caller.of(security).organizationId());
        List<DocumentBody> entities = found.stream()
                .skip(page.first())
                .limit(page.size())
                .map(DocumentBody::of)
                .toList();
        return Page.of(entities, page, found.size(), "/api/v2/apis/documents");
    }

    /** Registers a service by its OpenAPI document as JSON; what stood under that name before is replaced. */
    @PUT
    @Path("documents/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Register a service by its OpenAPI document (JSON)")
    @Transactional
    public DocumentBody put(
            @PathParam("name") String name,
            @RequiredBody Map<String, Object> document,
            @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        if (!name.matches("[A-Za-z0-9._ -]{1,64}") || !Texts.isName(name)) {
            throw ApiException.invalidValue(
                    "name", "A name has 1 to 64 letters, digits, dots, hyphens, underscores and, within it, spaces.");
        }
        List<ApiPattern> operations = OpenApiDocument.operationsOf(document);
        List<ApiDocument> present = documents.of(caller.organizationId());
        ApiDocument known = present.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
        if (known == null && present.size() >= MOST_DOCUMENTS) {
            throw ApiException.conflict("There are " + MOST_DOCUMENTS + " documents already.");
        }
        DocumentBody before = known == null ? null : DocumentBody.of(known);
        ApiDocument registered = known == null ? new ApiDocument(caller.organizationId(), name) : known;
        registered.register(operations, clock.now());
        documents.save(registered);
        DocumentBody after = DocumentBody.of(registered);
        administered.fire(new Administered(caller, "apidocument.update", "apidocument", name, before, after));
        return after;
    }

    /** Forgets a service. What is excluded stays excluded. */
    @DELETE
    @Path("documents/{name}")
    @RequiresPermission(Permission.DIRECTORY_ORGANIZATION_ADMIN)
    @Operation(summary = "Forget the document of a service")
    @Transactional
    public void delete(@PathParam("name") String name, @Context SecurityContext security) {
        Caller caller = Caller.of(security);
        ApiDocument document = documents.find(caller.organizationId(), name).orElseThrow(ApiException::notFound);
        documents.remove(document);
        administered.fire(
                new Administered(caller, "apidocument.delete", "apidocument", name, DocumentBody.of(document), null));
    }

    /**
     * An API that is known.
     *
     * @param method its HTTP method
     * @param path its path without a leading slash, as it is excluded
     */
    public record KnownApi(String method, String path) {
        static KnownApi of(ApiPattern api) {
            return new KnownApi(api.method().orElse(""), api.path());
        }
    }

    /**
     * A registered document.
     *
     * @param name its name
     * @param operations how many operations it has
     * @param dateRegistered when it was registered
     * @param selfUri where it is
     */
    public record DocumentBody(String name, int operations, Instant dateRegistered, String selfUri) {
        static DocumentBody of(ApiDocument document) {
            return new DocumentBody(
                    document.name(),
                    document.operations().size(),
                    document.registeredAt(),
                    "/api/v2/apis/documents/" + document.name().replace(" ", "%20"));
        }
    }
}
