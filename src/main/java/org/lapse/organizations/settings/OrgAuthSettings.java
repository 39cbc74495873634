package org.lapse.organizations.settings;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.AddressRange;
import org.lapse.platform.api.ApiException;
import org.lapse.platform.api.Ids;
import org.lapse.rules.excludedapi.ApiPattern;

/**
 * An organization's authentication settings on the wire, under the vendor's names. In a request a field that is left
 * out stays as it was.
 *
 * @param multifactorAuthenticationRequired whether everybody has to have a second factor
 * @param multifactorAuthenticationGroups the ids of the groups whose members have to have one; not the vendor's
 * @param domainAllowlistEnabled whether browsers may use the tokens in pages of the permitted domains alone
 * @param domainAllowlist those domains: hosts, or {@code *.} and a domain
 * @param ipAddressAllowlist the addresses from which people may sign in and use their tokens, in CIDR notation; none
 *     permits all
 * @param passwordRequirements what is asked of new passwords
 * @param inactivityTimeoutExclusions the APIs that do not reset the timer: default ones that are switched on, and
 *     custom ones, without a leading slash
 * @param universalLogout always true: who signs out at one application is signed out of all, and false is refused
 * @param tokenStorageLocation refused: the vendor publishes neither its values nor what they do
 */
public record OrgAuthSettings(
        @Nullable Boolean multifactorAuthenticationRequired,
        @Nullable List<@Nullable UUID> multifactorAuthenticationGroups,
        @Nullable Boolean domainAllowlistEnabled,
        @Nullable List<@Nullable String> domainAllowlist,
        @Nullable List<@Nullable String> ipAddressAllowlist,
        @Nullable PasswordRequirements passwordRequirements,
        @Nullable List<@Nullable String> inactivityTimeoutExclusions,
        @Nullable Boolean universalLogout,
        @Nullable String tokenStorageLocation) {
    private static final String GROUPS = "multifactorAuthenticationGroups";
    private static final int LONGEST_LIST = 200;
    private static final Pattern DOMAIN =
            Pattern.compile("(?:\\*\\.)?(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,62})(?:\\.[a-z0-9][a-z0-9-]{0,62})*");
    private static final String HEARTBEAT = "api/v2/tokens/me/activity";

    static OrgAuthSettings of(AuthenticationSettings settings) {
        return new OrgAuthSettings(
                settings.isMultifactorRequired(),
                List.copyOf(settings.multifactorGroups()),
                settings.isRestrictedByDomain(),
                settings.domains(),
                settings.addresses(),
                settings.passwordRequirements(),
                settings.exclusions(),
                true,
                null);
    }

    /** Changes what this names; where anything is refused, the settings must not be saved. */
    void apply(AuthenticationSettings settings) {
        if (Boolean.FALSE.equals(universalLogout)) {
            throw ApiException.invalidValue(
                    "universalLogout", "Who signs out at one application is always signed out of all of them.");
        }
        if (tokenStorageLocation != null) {
            throw ApiException.invalidValue(
                    "tokenStorageLocation", "Where a client keeps its token is the client's own affair.");
        }
        if (multifactorAuthenticationRequired != null) {
            settings.requireMultifactor(multifactorAuthenticationRequired);
        }
        if (multifactorAuthenticationGroups != null) {
            if (multifactorAuthenticationGroups.size() > LONGEST_LIST) {
                throw ApiException.invalidValue(GROUPS, GROUPS + " has at most " + LONGEST_LIST + " entries.");
            }
            settings.requireMultifactorOf(List.copyOf(Ids.ofBody(GROUPS, multifactorAuthenticationGroups)));
        }
        if (inactivityTimeoutExclusions != null) {
            settings.exclude(each("inactivityTimeoutExclusions", inactivityTimeoutExclusions, OrgAuthSettings::api));
        }
        if (ipAddressAllowlist != null) {
            settings.permitAddresses(
                    each("ipAddressAllowlist", ipAddressAllowlist, text -> AddressRange.of(text.strip())
                            .toString()));
        }
        if (domainAllowlist != null) {
            settings.permitDomains(each("domainAllowlist", domainAllowlist, OrgAuthSettings::domain));
        }
        if (domainAllowlistEnabled != null) {
            settings.restrictByDomain(domainAllowlistEnabled);
        }
        if (passwordRequirements != null) {
            settings.require(settings.passwordRequirements().with(passwordRequirements));
        }
    }

    private static List<String> each(String field, List<@Nullable String> given, Function<String, String> normalize) {
        if (given.size() > LONGEST_LIST) {
            throw ApiException.invalidValue(field, field + " has at most " + LONGEST_LIST + " entries.");
        }
        return IntStream.range(0, given.size())
                .mapToObj(place -> one(field + "[" + place + "]", given.get(place), normalize))
                .distinct()
                .toList();
    }

    private static String one(String field, @Nullable String given, Function<String, String> normalize) {
        if (given == null) {
            throw ApiException.invalidValue(field, "An entry is a text.");
        }
        try {
            return normalize.apply(given);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidValue(field, String.valueOf(e.getMessage()));
        }
    }

    private static String api(String name) {
        ApiPattern pattern = ApiPattern.of(name);
        if (pattern.path().equals(HEARTBEAT)) {
            throw new IllegalArgumentException("The heartbeat tells that a person is there: it is always activity.");
        }
        return pattern.toString();
    }

    private static String domain(String name) {
        String domain = name.strip().toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(domain).matches()) {
            throw new IllegalArgumentException("A domain is a host such as desk.example.com, or *.example.com.");
        }
        return domain;
    }
}
