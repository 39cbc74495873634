package org.lapse.sessions.nodes;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether several nodes share the database, and how they get along: the keys that begin with {@code lapse.cluster}. */
@Singleton
public class ClusterSettings {
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(10);
    private static final int NAME_LENGTH = 100;

    private final boolean enabled;
    private final String name;
    private final Duration lease;
    private final Duration poll;
    private final boolean grantsWithoutDatabase;
    private final Duration clockSkew;

    /**
     * The settings of this installation.
     *
     * @param enabled whether several nodes may share the database
     * @param name what this node is called; the machine's name where it is not configured
     * @param lease how long a node may grant access after it last reached the database
     * @param poll how often a node reads what others have changed
     * @param withoutDatabase {@code refuse} or {@code grant}: what a node does when its lease is over
     * @param clockSkew by how much the node's clock may differ from the database's
     * @throws IllegalArgumentException if one of them is out of its range
     */
    @Inject
    public ClusterSettings(
            @ConfigProperty(name = "lapse.cluster.enabled", defaultValue = "false") boolean enabled,
            @ConfigProperty(name = "lapse.cluster.node") Optional<String> name,
            @ConfigProperty(name = "lapse.cluster.lease", defaultValue = "PT3S") Duration lease,
            @ConfigProperty(name = "lapse.cluster.poll", defaultValue = "PT0.1S") Duration poll,
            @ConfigProperty(name = "lapse.cluster.without-database", defaultValue = "refuse") String withoutDatabase,
            @ConfigProperty(name = "lapse.cluster.clock-skew", defaultValue = "PT1S") Duration clockSkew) {
        if (lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new IllegalArgumentException("lapse.cluster.lease is at least PT1S, not " + lease);
        }
        if (poll.compareTo(SHORTEST_POLL) < 0 || poll.compareTo(lease.dividedBy(2)) > 0) {
            throw new IllegalArgumentException(
                    "lapse.cluster.poll is at least PT0.01S and at most half of lapse.cluster.lease, not " + poll);
        }
        if (clockSkew.isNegative() || clockSkew.isZero()) {
            throw new IllegalArgumentException("lapse.cluster.clock-skew is positive, not " + clockSkew);
        }
        this.enabled = enabled;
        this.name = name.orElseGet(ClusterSettings::nameOfMachine);
        if (this.name.isBlank() || this.name.length() > NAME_LENGTH) {
            throw new IllegalArgumentException("lapse.cluster.node has 1 to 100 characters, not " + this.name);
        }
        this.lease = lease;
        this.poll = poll;
        this.grantsWithoutDatabase = switch (withoutDatabase) {
            case "refuse" -> false;
            case "grant" -> true;
            default ->
                throw new IllegalArgumentException(
                        "lapse.cluster.without-database is refuse or grant, not " + withoutDatabase);
        };
        this.clockSkew = clockSkew;
    }

    private static String nameOfMachine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed";
        }
    }

    /** Whether several nodes may share the database. */
    public boolean isEnabled() {
        return enabled;
    }

    /** What administrators call this node. */
    public String name() {
        return name;
    }

    /** How long a node may grant access after it last reached the database. */
    public Duration lease() {
        return lease;
    }

    /** How often a node reads what others have changed, and closes. */
    public Duration poll() {
        return poll;
    }

    /** Whether a node goes on to grant access when its lease is over. */
    public boolean grantsWithoutDatabase() {
        return grantsWithoutDatabase;
    }

    /** By how much the node's clock may differ from the database's. */
    public Duration clockSkew() {
        return clockSkew;
    }
}
