package org.lapse.organizations.settings;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.api.AddressRange;
import org.lapse.platform.api.ApiException;

/** From where an organization's tokens may be used: from which addresses, and by the pages of which domains. */
public final class Restrictions {
    /** Every address and every page is permitted. */
    public static final Restrictions NONE = new Restrictions(List.of(), false, List.of());

    private final List<AddressRange> addresses;
    private final boolean byDomain;
    private final List<String> domains;

    /**
     * @param addresses the permitted ones; none permits all
     * @param byDomain whether pages of other domains than these are refused
     * @param domains hosts, or {@code *.} and a domain for all hosts below it
     */
    Restrictions(List<AddressRange> addresses, boolean byDomain, List<String> domains) {
        this.addresses = List.copyOf(addresses);
        this.byDomain = byDomain;
        this.domains = List.copyOf(domains);
    }

    /** Whether every address and every page is permitted, so that nobody need ask which it is. */
    public boolean permitAll() {
        return addresses.isEmpty() && !byDomain;
    }

    /**
     * Refuses a call that comes from elsewhere.
     *
     * @param address the IP address of the caller
     * @param origin the header {@code Origin}, by which browsers name the page that calls; null where there is none
     * @throws ApiException 403 {@code not.authorized}
     */
    public void check(String address, @Nullable String origin) {
        refusal(address, origin).ifPresent(reason -> {
            throw ApiException.notAuthorized(reason);
        });
    }

    /** Why a call from that address by a page of that origin is refused, in one sentence; empty where it is not. */
    public Optional<String> refusal(String address, @Nullable String origin) {
        if (!permitsAddress(address)) {
            return Optional.of("The organization permits no access from this address.");
        }
        if (!permitsOrigin(origin)) {
            return Optional.of("The organization permits no access from pages of this domain.");
        }
        return Optional.empty();
    }

    boolean permitsAddress(String address) {
        return addresses.isEmpty() || addresses.stream().anyMatch(range -> range.contains(address));
    }

    boolean permitsOrigin(@Nullable String origin) {
        if (!byDomain || origin == null) {
            return true;
        }
        String host = hostOf(origin);
        return domains.stream()
                .anyMatch(domain -> domain.startsWith("*.") ? host.endsWith(domain.substring(1)) : host.equals(domain));
    }

    private static String hostOf(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
