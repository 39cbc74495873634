package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.lapse.organizations.application.ApplicationChanged;
import org.lapse.organizations.application.Applications;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.EntitlementsChanged;
import org.lapse.organizations.settings.AuthenticationSettingsChanged;
import org.lapse.organizations.settings.MissedSettings;
import org.lapse.organizations.settings.OrganizationSettingsChanged;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;

/**
 * Has the ledger follow what was committed. Each change has a number; the ledger ignores what is earlier than it knows, so
 * the order in which the changes come does not matter. A change that was missed shows as a gap between the numbers, and
 * is read from the database.
 */
@Singleton
public class LedgerProjection {
    private static final Logger LOG = Logger.getLogger(LedgerProjection.class.getName());

    private final SessionLedger<SessionPrincipal> ledger;
    private final LatestPrincipals latestHolders;
    private final ChangeNumbers numbers;
    private final SessionRows rows;
    private final PrincipalLocks holders;
    private final Applications applications;
    private final MissedSettings settings;
    private final WallClock clock;
    private final Event<TokenGiven> given;

    @Inject
    LedgerProjection(
            SessionLedger<SessionPrincipal> ledger,
            LatestPrincipals latestHolders,
            ChangeNumbers numbers,
            SessionRows rows,
            PrincipalLocks holders,
            Applications applications,
            MissedSettings settings,
            WallClock clock,
            Event<TokenGiven> given) {
        this.ledger = ledger;
        this.latestHolders = latestHolders;
        this.numbers = numbers;
        this.rows = rows;
        this.holders = holders;
        this.applications = applications;
        this.settings = settings;
        this.clock = clock;
        this.given = given;
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsChanged changed) {
        if (!numbers.begin(changed.number())) {
            return; // it was read from the database meanwhile
        }
        boolean complete = true;
        for (CommittedState<SessionPrincipal> status : changed.sessions()) {
            complete &= ledger.apply(status, clock.now()) != SessionLedger.Outcome.INCOMPLETE;
        }
        if (complete) {
            followed(changed.number());
        }
        changed.sessions().forEach(status -> tellOfToken(status, changed.at()));
    }

    private void tellOfToken(CommittedState<SessionPrincipal> status, Instant at) {
        if (status instanceof CommittedState.Live<SessionPrincipal> live && live.use() == ActivitySources.OPENED) {
            ledger.find(live.id()).ifPresent(session -> given.fire(new TokenGiven(session, at)));
        }
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged changed) {
        latestHolders.remember(changed.number(), changed.byUser());
        ledger.handOver(latestHolders::renewed, clock.now());
        followed(changed.number());
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        Entitlements onItsOwn = new Entitlements(Set.of(), changed.permissions());
        latestHolders.remember(changed.number(), Map.of(changed.applicationId(), onItsOwn));
        ledger.handOver(latestHolders::renewed, clock.now());
        followed(changed.number());
    }

    /** What follows from it is {@link InactivityTimeouts}' to know. */
    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrganizationSettingsChanged changed) {
        followed(changed.number());
    }

    /** What follows from it is in memory in {@code settings}. */
    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsChanged changed) {
        followed(changed.number());
    }

    private void followed(long number) {
        numbers.followed(number);
        long settled = numbers.settledUpTo();
        ledger.settled(settled);
        latestHolders.settled(settled);
    }

    /**
     * Reads from the database what this node has missed: changes that were committed while nobody told it. Applications and
     * settings are told of again, and followed after the commit by all who follow them.
     *
     * @return how many changes of sessions and of what users are given were read
     */
    @Transactional
    public int catchUp(Instant now) {
        List<Long> missing = numbers.missing(highestNumber(), now);
        if (missing.isEmpty()) {
            return 0;
        }
        List<Long> found = new ArrayList<>();
        holders.changedBy(missing).forEach(follow -> {
            latestHolders.remember(follow.number(), follow.byUser());
            ledger.handOver(latestHolders::renewed, now);
            found.add(follow.number());
        });
        for (SessionRows.Held held : rows.changedBy(missing)) {
            apply(held, now);
            found.add(held.session().version());
        }
        applications.tellOf(missing);
        settings.tellOf(missing);
        found.forEach(this::followed);
        numbers.giveUp(now);
        LOG.log(Level.FINE, "Of {0} missing changes {1} were found", new Object[] {missing.size(), found.size()});
        return found.size();
    }

    /** This node knows all that was committed, once it has read what it will find in the database. */
    @Transactional
    public void startAfterWhatIsCommitted() {
        numbers.startAfter(highestNumber());
    }

    private long highestNumber() {
        return LongStream.of(
                        rows.highestVersion(),
                        holders.highestVersion(),
                        applications.highestChangeNumber(),
                        settings.highestNumber())
                .max()
                .orElse(0);
    }

    /**
     * Has the ledger follow rows that are not as this node thought. Nobody changes meanwhile what their users are given: the
     * ledger would have followed that already, and would be told the earlier again.
     */
    void follow(List<SessionRows.Held> read, Instant now) {
        holders.share(read);
        read.forEach(held -> apply(held, now));
    }

    private void apply(SessionRows.Held held, Instant now) {
        ledger.apply(
                CommittedStates.of(held.session(), Optional.of(holders.principalOf(held)), ActivitySources.UNKNOWN),
                now);
    }

    /** The live session of a row, wherever it stands. */
    Optional<LiveSession<SessionPrincipal>> live(Session session) {
        return ledger.find(session.id());
    }
}
