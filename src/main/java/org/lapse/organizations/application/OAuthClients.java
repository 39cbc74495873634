package org.lapse.organizations.application;

import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.organizations.directory.Role;
import org.lapse.organizations.directory.Roles;
import org.lapse.platform.api.Administered;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Page;
import org.lapse.platform.api.Permission;
import org.lapse.platform.api.PermissionScopes;
import org.lapse.platform.api.Texts;
import org.lapse.platform.outbound.OutboundAddresses;

/**
 * The applications of an organization seen through OAuth, as its administrators read and change them. Each method is
 * one transaction. Nobody makes a client that may do more than they may, or gets at the secret of one.
 */
@Singleton
@Transactional
class OAuthClients {
    private final Applications applications;
    private final Roles roles;
    private final OutboundAddresses addresses;
    private final Event<Administered> administered;
    private final Event<ScopeReduced> scopeReduced;

    @Inject
    OAuthClients(
            Applications applications,
            Roles roles,
            OutboundAddresses addresses,
            Event<Administered> administered,
            Event<ScopeReduced> scopeReduced) {
        this.applications = applications;
        this.roles = roles;
        this.addresses = addresses;
        this.administered = administered;
        this.scopeReduced = scopeReduced;
    }

    Page<OAuthClientBody> list(Caller caller, Page.Request page) {
        List<OAuthClientBody> found = applications.list(caller.organizationId(), "", page.first(), page.size()).stream()
                .map(OAuthClientBody::of)
                .toList();
        return Page.of(found, page, applications.count(caller.organizationId(), ""), OAuthClientsResource.CLIENTS);
    }

    OAuthClientBody get(Caller caller, String clientId) {
        return OAuthClientBody.of(find(caller, clientId));
    }

    /** Makes a client and its secret, which stands in the answer and nowhere else. */
    OAuthClientBody create(Caller caller, OAuthClientChange creation, Instant now) {
        String secret = ClientSecret.next();
        Application application = Application.client(
                caller.organizationId(),
                Texts.name("name", creation.name()),
                creation.grantType()
                        .orElseThrow(
                                () -> ApiException.invalidValue("authorizedGrantType", "The grant type is missing.")),
                new ClientSecret(secret),
                caller.userId().orElse(null),
                now);
        mustBeCallable(creation);
        creation.apply(application, now);
        giveRoles(caller, application, creation);
        mustMayMake(caller, application);
        applications.add(application);
        applications.changed(application);
        tell(caller, "client.create", application, null);
        return OAuthClientBody.of(application, secret);
    }

    OAuthClientBody change(Caller caller, String clientId, OAuthClientChange change, Instant now) {
        Application application = find(caller, clientId);
        OAuthClientBody before = OAuthClientBody.of(application);
        OAuthClient clientBefore = OAuthClient.of(application);
        mustMayMake(caller, application);
        if (change.grantType()
                .filter(type -> type != application.authorizedGrantType())
                .isPresent()) {
            throw ApiException.invalidValue(
                    "authorizedGrantType", "The grant type is chosen when the client is made and stays.");
        }
        mustBeCallable(change);
        change.apply(application, now);
        if (application.state() != ApplicationState.ACTIVE) {
            Applications.mustBeAnother(caller, application);
        }
        giveRoles(caller, application, change);
        mustMayMake(caller, application);
        application.changedBy(caller.userId().orElse(null), now);
        applications.changed(application);
        OAuthClient client = OAuthClient.of(application);
        if (client.mayBeGrantedLessThan(clientBefore)) {
            scopeReduced.fire(new ScopeReduced(client));
        }
        return tell(caller, "client.update", application, before);
    }

    /** Replaces the secret: the new one stands in the answer and nowhere else, the old one is void. */
    OAuthClientBody replaceSecret(Caller caller, String clientId, Instant now) {
        Application application = find(caller, clientId);
        mustMayMake(caller, application);
        String secret = ClientSecret.next();
        application.setSecret(new ClientSecret(secret));
        application.changedBy(caller.userId().orElse(null), now);
        applications.changed(application);
        administered.fire(new Administered(caller, "client.secret.update", "application", clientId, null, null));
        return OAuthClientBody.of(application, secret);
    }

    void delete(Caller caller, String clientId, Instant now) {
        Application application = find(caller, clientId);
        Applications.mustBeAnother(caller, application);
        OAuthClientBody before = OAuthClientBody.of(application);
        application.delete(now);
        applications.changed(application);
        administered.fire(new Administered(caller, "client.delete", "application", clientId, before, null));
    }

    /**
     * A client that the caller might have made as it is: otherwise somebody could have it send its users elsewhere, or
     * authenticate as it, and so come by what they may not do themselves.
     *
     * @throws ApiException 403 where the client may do, or may be granted, what the caller may not
     */
    static void mustMayMake(Caller caller, Application application) {
        if (application.isTrusted()) {
            caller.require(Permission.DIRECTORY_ORGANIZATION_ADMIN);
        }
        caller.mustHoldAll(application.permissions());
        caller.mustHoldAll(application.scopes().stream()
                .filter(word -> !word.equals(PermissionScopes.ALL)) // of trusted ones alone
                .flatMap(word -> PermissionScopes.permissions(word).stream())
                .collect(Collectors.toUnmodifiableSet()));
    }

    private Application find(Caller caller, String clientId) {
        return applications.find(caller.organizationId(), clientId).orElseThrow(ApiException::notFound);
    }

    private void giveRoles(Caller caller, Application application, OAuthClientChange change) {
        Set<UUID> before = application.roles().stream().map(Role::id).collect(Collectors.toUnmodifiableSet());
        Set<UUID> roleIds = change.roles(before).orElse(null);
        if (roleIds == null) {
            return;
        }
        if (application.authorizedGrantType() == AuthorizedGrantType.CODE && !roleIds.isEmpty()) {
            throw ApiException.invalidValue("roleIds", "A CODE client acts for users, with their roles.");
        }
        application.setRoles(roles.all(caller.organizationId(), roleIds, "roleIds"));
    }

    private void mustBeCallable(OAuthClientChange change) {
        try {
            change.newLogoutAddress().ifPresent(addresses::check);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidValue("backchannelLogoutUri", String.valueOf(e.getMessage()));
        }
    }

    private OAuthClientBody tell(
            Caller caller, String action, Application application, @Nullable OAuthClientBody before) {
        OAuthClientBody after = OAuthClientBody.of(application);
        administered.fire(new Administered(caller, action, "application", application.id(), before, after));
        return after;
    }
}
