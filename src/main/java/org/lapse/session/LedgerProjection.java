package org.lapse.session;

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
import java.util.stream.Collectors;
import org.lapse.application.ApplicationPermissionsChanged;
import org.lapse.changes.ChangeNumbers;
import org.lapse.clock.WallClock;
import org.lapse.directory.Entitlements;
import org.lapse.directory.EntitlementsChanged;
import org.lapse.ledger.LiveSession;
import org.lapse.ledger.SessionLedger;
import org.lapse.ledger.SessionStatus;

/**
 * Has the ledger follow what was committed. Each change has a number; the ledger ignores what is earlier than it knows, so
 * the order in which the changes come does not matter. A change that was missed shows as a gap between the numbers, and
 * is read from the database.
 */
@Singleton
public class LedgerProjection {
    private static final Logger LOG = Logger.getLogger(LedgerProjection.class.getName());

    private final SessionLedger<Grant> ledger;
    private final LatestHolders latestHolders;
    private final ChangeNumbers numbers;
    private final SessionRows rows;
    private final SessionHolders holders;
    private final WallClock clock;
    private final Event<TokenGiven> given;

    @Inject
    LedgerProjection(
            SessionLedger<Grant> ledger,
            LatestHolders latestHolders,
            ChangeNumbers numbers,
            SessionRows rows,
            SessionHolders holders,
            WallClock clock,
            Event<TokenGiven> given) {
        this.ledger = ledger;
        this.latestHolders = latestHolders;
        this.numbers = numbers;
        this.rows = rows;
        this.holders = holders;
        this.clock = clock;
        this.given = given;
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsChanged changed) {
        if (!numbers.begin(changed.number())) {
            return; // it was read from the database meanwhile
        }
        boolean complete = true;
        for (SessionStatus<Grant> status : changed.sessions()) {
            complete &= ledger.apply(status, clock.now()) != SessionLedger.Outcome.INCOMPLETE;
        }
        if (complete) {
            followed(changed.number());
        }
        changed.sessions().forEach(status -> tellOfToken(status, changed.at()));
    }

    private void tellOfToken(SessionStatus<Grant> status, Instant at) {
        if (status instanceof SessionStatus.Live<Grant> live && live.use() == Resets.OPENED) {
            ledger.find(live.id()).ifPresent(session -> given.fire(new TokenGiven(session, at)));
        }
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged changed) {
        latestHolders.remember(changed.number(), changed.byUser());
        ledger.handOver(latestHolders::renewed, clock.now());
        followed(changed.number());
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationPermissionsChanged changed) {
        latestHolders.remember(
                changed.number(),
                changed.byApplication().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, one -> new Entitlements(Set.of(), one.getValue()))));
        ledger.handOver(latestHolders::renewed, clock.now());
        followed(changed.number());
    }

    private void followed(long number) {
        numbers.followed(number);
        long settled = numbers.settledUpTo();
        ledger.settled(settled);
        latestHolders.settled(settled);
    }

    /**
     * Reads from the database what this node has missed: changes that were committed while nobody told it.
     *
     * @return how many sessions were read
     */
    @Transactional
    public int catchUp(Instant now) {
        List<Long> missing = numbers.missing(Math.max(rows.highestVersion(), holders.highestVersion()), now);
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
        found.forEach(this::followed);
        numbers.giveUp(now);
        LOG.log(Level.FINE, "Of {0} missing changes {1} were found", new Object[] {missing.size(), found.size()});
        return found.size();
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
        ledger.apply(Statuses.of(held.session(), Optional.of(holders.grantOf(held)), Resets.UNKNOWN), now);
    }

    /** The live session of a row, wherever it stands. */
    Optional<LiveSession<Grant>> live(Session session) {
        return ledger.find(session.id());
    }
}
