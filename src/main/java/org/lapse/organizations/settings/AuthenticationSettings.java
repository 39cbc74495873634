package org.lapse.organizations.settings;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.excludedapi.ApiPattern;
import org.lapse.rules.excludedapi.DefaultApi;
import org.lapse.rules.excludedapi.ExcludedApis;

/**
 * How one organization's people authenticate, and which of their calls are no activity. Lists are kept line by line.
 */
@Entity
class AuthenticationSettings {
    @Id
    private UUID organizationId;

    private String inactivityTimeoutExclusions;
    private String ipAddressAllowlist;
    private boolean domainAllowlistEnabled;
    private String domainAllowlist;
    private int minimumLength;
    private int minimumDigits;
    private int minimumLetters;
    private int minimumUpper;
    private int minimumLower;
    private int minimumSpecials;
    private boolean multifactorRequired;
    private String multifactorGroups;

    @Version
    private int version;

    private long changeNumber;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected AuthenticationSettings() {}

    AuthenticationSettings(UUID organizationId) {
        this.organizationId = organizationId;
        this.inactivityTimeoutExclusions = "";
        this.ipAddressAllowlist = "";
        this.domainAllowlist = "";
        this.multifactorGroups = "";
    }

    UUID organizationId() {
        return organizationId;
    }

    /** Counts the changes. */
    int version() {
        return version;
    }

    /** The number of the last change. */
    long changeNumber() {
        return changeNumber;
    }

    void setChangeNumber(long number) {
        changeNumber = number;
    }

    /** The names of the excluded APIs: default ones that are switched on, and custom ones. */
    List<String> exclusions() {
        return inactivityTimeoutExclusions.lines().toList();
    }

    void exclude(List<String> names) {
        inactivityTimeoutExclusions = String.join("\n", names);
    }

    ExcludedApis excludedApis() {
        return ExcludedApis.of(exclusions().stream()
                .map(name ->
                        DefaultApi.ofWireName(name).map(DefaultApi::pattern).orElseGet(() -> ApiPattern.of(name)))
                .toList());
    }

    /** The addresses from which tokens may be used, in CIDR notation; none permits all. */
    List<String> addresses() {
        return ipAddressAllowlist.lines().toList();
    }

    void permitAddresses(List<String> ranges) {
        ipAddressAllowlist = String.join("\n", ranges);
    }

    boolean isRestrictedByDomain() {
        return domainAllowlistEnabled;
    }

    void restrictByDomain(boolean restricted) {
        domainAllowlistEnabled = restricted;
    }

    List<String> domains() {
        return domainAllowlist.lines().toList();
    }

    void permitDomains(List<String> domains) {
        domainAllowlist = String.join("\n", domains);
    }

    PasswordRequirements passwordRequirements() {
        return new PasswordRequirements(
                minimumLength, minimumDigits, minimumLetters, minimumUpper, minimumLower, minimumSpecials, 0, 0);
    }

    void require(PasswordRequirements required) {
        minimumLength = orNone(required.minimumLength());
        minimumDigits = orNone(required.minimumDigits());
        minimumLetters = orNone(required.minimumLetters());
        minimumUpper = orNone(required.minimumUpper());
        minimumLower = orNone(required.minimumLower());
        minimumSpecials = orNone(required.minimumSpecials());
    }

    /** Whether everybody has to have a second factor. */
    boolean isMultifactorRequired() {
        return multifactorRequired;
    }

    void requireMultifactor(boolean required) {
        multifactorRequired = required;
    }

    /** The groups whose members have to have a second factor. */
    List<UUID> multifactorGroups() {
        return multifactorGroups.lines().map(UUID::fromString).toList();
    }

    void requireMultifactorOf(List<UUID> groups) {
        multifactorGroups = groups.stream().map(UUID::toString).collect(Collectors.joining("\n"));
    }

    private static int orNone(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
