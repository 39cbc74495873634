package org.lapse.middle;

import jakarta.ws.rs.SeBootstrap;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.EntityPart;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Link;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.Variant;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The part of JAX-RS without which resources cannot say {@code Response.ok()}; nobody reads these responses. */
final class Responses extends RuntimeDelegate {
    @Override
    public Response.ResponseBuilder createResponseBuilder() {
        return new Unread();
    }

    @Override
    public UriBuilder createUriBuilder() {
        throw onlyOnAServer();
    }

    @Override
    public Variant.VariantListBuilder createVariantListBuilder() {
        throw onlyOnAServer();
    }

    @Override
    public <T> T createEndpoint(Application application, Class<T> endpointType) {
        throw onlyOnAServer();
    }

    @Override
    public <T> HeaderDelegate<T> createHeaderDelegate(Class<T> type) {
        throw onlyOnAServer();
    }

    @Override
    public Link.Builder createLinkBuilder() {
        throw onlyOnAServer();
    }

    @Override
    public SeBootstrap.Configuration.Builder createConfigurationBuilder() {
        throw onlyOnAServer();
    }

    @Override
    public CompletionStage<SeBootstrap.Instance> bootstrap(
            Application application, SeBootstrap.Configuration configuration) {
        throw onlyOnAServer();
    }

    @Override
    public CompletionStage<SeBootstrap.Instance> bootstrap(
            Class<? extends Application> type, SeBootstrap.Configuration configuration) {
        throw onlyOnAServer();
    }

    @Override
    public EntityPart.Builder createEntityPartBuilder(String partName) {
        throw onlyOnAServer();
    }

    private static UnsupportedOperationException onlyOnAServer() {
        return new UnsupportedOperationException("Only a server has all of JAX-RS");
    }

    /** Takes everything and makes nothing of it. */
    private static final class Unread extends Response.ResponseBuilder {
        @Override
        @SuppressWarnings("NullAway") // nobody looks at it
        public Response build() {
            return null;
        }

        @Override
        @SuppressWarnings({"MissingSuperCall", "CloneDeclaresCloneNotSupported"}) // a server's neither
        public Response.ResponseBuilder clone() {
            return new Unread();
        }

        @Override
        public Response.ResponseBuilder status(int status) {
            return this;
        }

        @Override
        public Response.ResponseBuilder status(int status, @Nullable String reasonPhrase) {
            return this;
        }

        @Override
        public Response.ResponseBuilder entity(@Nullable Object entity) {
            return this;
        }

        @Override
        public Response.ResponseBuilder entity(@Nullable Object entity, Annotation @Nullable [] annotations) {
            return this;
        }

        @Override
        public Response.ResponseBuilder allow(String @Nullable ... methods) {
            return this;
        }

        @Override
        public Response.ResponseBuilder allow(@Nullable Set<String> methods) {
            return this;
        }

        @Override
        public Response.ResponseBuilder cacheControl(@Nullable CacheControl cacheControl) {
            return this;
        }

        @Override
        public Response.ResponseBuilder encoding(@Nullable String encoding) {
            return this;
        }

        @Override
        public Response.ResponseBuilder header(@Nullable String name, @Nullable Object value) {
            return this;
        }

        @Override
        public Response.ResponseBuilder replaceAll(@Nullable MultivaluedMap<String, Object> headers) {
            return this;
        }

        @Override
        public Response.ResponseBuilder language(@Nullable String language) {
            return this;
        }

        @Override
        public Response.ResponseBuilder language(@Nullable Locale language) {
            return this;
        }

        @Override
        public Response.ResponseBuilder type(@Nullable MediaType type) {
            return this;
        }

        @Override
        public Response.ResponseBuilder type(@Nullable String type) {
            return this;
        }

        @Override
        public Response.ResponseBuilder variant(@Nullable Variant variant) {
            return this;
        }

        @Override
        public Response.ResponseBuilder contentLocation(@Nullable URI location) {
            return this;
        }

        @Override
        public Response.ResponseBuilder cookie(NewCookie @Nullable ... cookies) {
            return this;
        }

        @Override
        public Response.ResponseBuilder expires(@Nullable Date expires) {
            return this;
        }

        @Override
        public Response.ResponseBuilder lastModified(@Nullable Date lastModified) {
            return this;
        }

        @Override
        public Response.ResponseBuilder location(@Nullable URI location) {
            return this;
        }

        @Override
        public Response.ResponseBuilder tag(@Nullable EntityTag tag) {
            return this;
        }

        @Override
        public Response.ResponseBuilder tag(@Nullable String tag) {
            return this;
        }

        @Override
        public Response.ResponseBuilder variants(Variant @Nullable ... variants) {
            return this;
        }

        @Override
        public Response.ResponseBuilder variants(@Nullable List<Variant> variants) {
            return this;
        }

        @Override
        public Response.ResponseBuilder links(Link @Nullable ... links) {
            return this;
        }

        @Override
        public Response.ResponseBuilder link(@Nullable URI uri, @Nullable String rel) {
            return this;
        }

        @Override
        public Response.ResponseBuilder link(@Nullable String uri, @Nullable String rel) {
            return this;
        }
    }
}
