package org.lapse.sessions.session;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.lapse.organizations.application.ApplicationChanged;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.organizations.directory.EntitlementsChanged;
import org.lapse.organizations.settings.AuthenticationSettingsChanged;
import org.lapse.organizations.settings.OrganizationSettingsChanged;
import org.lapse.platform.changes.ChangeNumbers;
import org.lapse.platform.changes.MissedChanges;
import org.lapse.platform.clock.WallClock;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.LiveSession;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.TokenDigest;
import org.lapse.sessions.nodes.ThisNode;

/**
 * Has the ledger follow what was committed. Each change has a number; what is earlier than the ledger knows changes
 * nothing. A change that was missed shows as a gap between the numbers, and is read from the database. So is the row of
 * a session of which an earlier change may have said what a later one did not; the number of that change is followed
 * only then.
 *
 * <p>Rows are read together with the shared locks of their users, so that nobody changes meanwhile what these are
 * given. A missing number whose row has moved on is found by nobody and given up; nothing is lost, because the change
 * that moved the row on says all that it holds, or, where it only locks a session, which change was before it.
 */
@Singleton
public class LedgerProjection {
    private static final Logger LOG = Logger.getLogger(LedgerProjection.class.getName());

    /** So many missing numbers are asked about in one question. */
    private static final int AT_ONCE = 5000;

    private final SessionLedger<SessionPrincipal> ledger;
    private final LatestPrincipals latestPrincipals;
    private final ChangeNumbers numbers;
    private final SessionRows rows;
    private final PrincipalLocks principals;
    private final MissedChanges missedChanges;
    private final WallClock clock;
    private final ThisNode node;
    private final WriteTolerance tolerance;
    private final Event<TokenGiven> given;
    private final Event<SessionsChangedElsewhere> elsewhere;
    private final Set<Unread> unread = ConcurrentHashMap.newKeySet();
    private final RowReads reads = new RowReads();

    /** What was committed before this node started nobody is told of. */
    private volatile long tellAfter = Long.MAX_VALUE;

    @Inject
    LedgerProjection(
            SessionLedger<SessionPrincipal> ledger,
            LatestPrincipals latestPrincipals,
            ChangeNumbers numbers,
            SessionRows rows,
            PrincipalLocks principals,
            MissedChanges missedChanges,
            WallClock clock,
            ThisNode node,
            WriteTolerance tolerance,
            Event<TokenGiven> given,
            Event<SessionsChangedElsewhere> elsewhere) {
        this.ledger = ledger;
        this.latestPrincipals = latestPrincipals;
        this.numbers = numbers;
        this.rows = rows;
        this.principals = principals;
        this.missedChanges = missedChanges;
        this.clock = clock;
        this.node = node;
        this.tolerance = tolerance;
        this.given = given;
        this.elsewhere = elsewhere;
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) SessionsChanged changed) {
        if (!isToBeFollowed(changed.number())) {
            return;
        }
        Set<UUID> incomplete = new HashSet<>();
        for (CommittedState<SessionPrincipal> status : changed.sessions()) {
            if (!apply(status, clock.now())) {
                incomplete.add(status.id());
            }
        }
        followed(changed.number(), incomplete);
        changed.sessions().forEach(status -> tellOfToken(status, changed.at()));
    }

    /**
     * Asked of what was told. What was read from the database meanwhile is not followed; nor is what was told so late
     * that its number was given up, because a later change may be followed already: it is read at the next turn.
     */
    private boolean isToBeFollowed(long number) {
        return numbers.begin(number, clock.now());
    }

    private boolean apply(CommittedState<SessionPrincipal> status, Instant now) {
        return ledger.apply(status, now) != SessionLedger.Outcome.INCOMPLETE;
    }

    private void tellOfToken(CommittedState<SessionPrincipal> status, Instant at) {
        if (status instanceof CommittedState.Live<SessionPrincipal> live && live.use() == ActivitySources.OPENED) {
            ledger.find(live.token(), clock.now()).ifPresent(session -> given.fire(new TokenGiven(session, at)));
        }
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) EntitlementsChanged changed) {
        if (!isToBeFollowed(changed.number())) {
            return;
        }
        latestPrincipals.remember(changed.number(), changed.byUser());
        renewPrincipals(clock.now());
        followed(changed.number());
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) ApplicationChanged changed) {
        if (!isToBeFollowed(changed.number())) {
            return;
        }
        Entitlements onItsOwn = new Entitlements(Set.of(), changed.permissions());
        latestPrincipals.remember(changed.number(), Map.of(changed.applicationId(), onItsOwn));
        renewPrincipals(clock.now());
        followed(changed.number());
    }

    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) UsesWritten written) {
        if (!isToBeFollowed(written.number())) {
            return;
        }
        Set<UUID> lapsed = numbers.isOwn(written.number())
                ? Set.of()
                : written.uses().stream()
                        .filter(use -> !follow(use))
                        .map(UsesWritten.Use::sessionId)
                        .collect(Collectors.toSet());
        followed(written.number(), lapsed);
    }

    private boolean follow(UsesWritten.Use use) {
        return ledger.find(use.sessionId())
                .map(session -> session.usedElsewhere(use.at(), ActivitySources.OF_THIS_SERVER.named(use.source())))
                .orElse(true);
    }

    private void renewPrincipals(Instant now) {
        ledger.replacePrincipals(latestPrincipals::renewed, node.knewRulesUntil(now), now);
    }

    /** What follows from it is {@link InactivityTimeouts}' to know. */
    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) OrganizationSettingsChanged changed) {
        followed(changed.number());
    }

    /** What follows from it is in memory in {@code settings}. */
    void follow(@Observes(during = TransactionPhase.AFTER_SUCCESS) AuthenticationSettingsChanged changed) {
        followed(changed.number());
    }

    /** A change was followed but for those of its sessions whose rows must be read. */
    private void followed(long number, Set<UUID> incomplete) {
        if (incomplete.isEmpty()) {
            followed(number);
        } else {
            unread.add(new Unread(number, Set.copyOf(incomplete)));
        }
    }

    private void followed(long number) {
        numbers.followed(number);
        forgetSettled();
    }

    private void forgetSettled() {
        long forgettable = reads.forgettable(numbers.settledUpTo());
        ledger.settled(forgettable);
        latestPrincipals.settled(forgettable);
    }

    /** Rows are read, and the ledger is told of them, while nothing is forgotten that is later than they are. */
    private <R> R whileReading(Supplier<R> work) {
        RowReads.Read read = reads.begin(numbers.settledUpTo());
        try {
            return work.get();
        } finally {
            reads.end(read);
            forgetSettled();
        }
    }

    /**
     * Reads from the database what this node has missed: changes that were committed while nobody told it, and rows of
     * sessions of which it was told too little. What else has changed is told of again, and followed after the
     * commit by all who follow it.
     *
     * @return how many changes of sessions and of what users are given were read
     */
    @Transactional
    public int catchUp(Instant now) {
        return whileReading(() -> readUnread(now) + readMissing(now));
    }

    /** The rows are as they are now, whatever changed them since. One that was overtaken again is read once more. */
    private int readUnread(Instant now) {
        List<Unread> due = List.copyOf(unread);
        Set<UUID> ids = due.stream().flatMap(one -> one.sessions().stream()).collect(Collectors.toSet());
        Set<UUID> incomplete = follow(rows.held(ids), now);
        List<Unread> read = due.stream()
                .filter(one -> Collections.disjoint(one.sessions(), incomplete))
                .toList();
        read.forEach(one -> {
            unread.remove(one);
            followed(one.number());
        });
        return read.size();
    }

    private int readMissing(Instant now) {
        List<Long> missing = numbers.missing(highestNumber(), now);
        Set<Long> all = Set.copyOf(missing);
        int found = 0;
        for (int from = 0; from < missing.size(); from += AT_ONCE) {
            found += readMissing(missing.subList(from, Math.min(from + AT_ONCE, missing.size())), all, now);
        }
        numbers.lookedFor(now);
        if (!missing.isEmpty()) {
            LOG.log(Level.FINE, "Of {0} missing changes {1} were found", new Object[] {missing.size(), found});
        }
        return found;
    }

    private int readMissing(List<Long> some, Set<Long> all, Instant now) {
        Map<Long, Set<UUID>> found = new HashMap<>();
        principals.changedBy(some).forEach(follow -> {
            latestPrincipals.remember(follow.number(), follow.byUser());
            renewPrincipals(now);
            found.put(follow.number(), new HashSet<>());
        });
        List<SessionRows.Held> read = rows.changedBy(some);
        read.forEach(held -> found.put(held.session().version(), new HashSet<>()));
        Set<UUID> incomplete = follow(read, now);
        for (SessionRows.Held held : read) {
            if (incomplete.contains(held.session().id())) {
                found.computeIfAbsent(held.session().version(), number -> new HashSet<>())
                        .add(held.session().id());
            }
        }
        tellOfOthers(all, read);
        missedChanges.tellOf(some);
        found.forEach(this::followed);
        return found.size();
    }

    /** What this node did itself, it has told. */
    private void tellOfOthers(Set<Long> missing, List<SessionRows.Held> read) {
        List<Session> others = read.stream()
                .map(SessionRows.Held::session)
                .filter(row -> row.version() > tellAfter && !numbers.isOwn(row.version()))
                .sorted(Comparator.comparingLong(Session::version))
                .toList();
        if (!others.isEmpty()) {
            elsewhere.fire(SessionsChangedElsewhere.of(missing, others));
        }
    }

    /**
     * This node knows all that was committed, once it has read what it will find in the database. What is committed
     * later with one of the latest numbers it finds at its turns.
     */
    @Transactional
    public void startAfterWhatIsCommitted(Instant now) {
        long highest = highestNumber();
        numbers.startAfter(highest, now);
        tellAfter = highest;
    }

    private long highestNumber() {
        return missedChanges.highest(SessionRows.NUMBERED, PrincipalLocks.NUMBERED);
    }

    /** Reads rows that are not as this node thought, and has the ledger follow them. */
    void followRows(Collection<UUID> sessionIds, Instant now) {
        whileReading(() -> follow(rows.held(sessionIds), now));
    }

    /**
     * Has the ledger follow rows that were read. Nobody changes meanwhile what their users are given: the ledger would
     * have followed that already, and would be told the earlier again.
     *
     * @return the sessions of which the ledger was told later changes since the rows were read, and too little by them
     */
    private Set<UUID> follow(List<SessionRows.Held> read, Instant now) {
        principals.share(read);
        return read.stream()
                .filter(held -> !apply(held, now))
                .map(held -> held.session().id())
                .collect(Collectors.toSet());
    }

    private boolean apply(SessionRows.Held held, Instant now) {
        return apply(
                asPossiblyUsed(CommittedStates.of(
                        held.session(), Optional.of(principals.principalOf(held)), ActivitySources.UNKNOWN)),
                now);
    }

    /** A node that was lost may have granted a use and not written it: nobody is ended before it is certain. */
    CommittedState<SessionPrincipal> asPossiblyUsed(CommittedState<SessionPrincipal> row) {
        if (!(row instanceof CommittedState.Live<SessionPrincipal> live)) {
            return row;
        }
        Instant possible = node.lastKnown().latestPossibleUse(live.lastActivity(), tolerance.whole());
        Instant now = clock.now(); // whatever is used here from now on is later than the guess
        return possible.isAfter(live.lastActivity()) && now.isAfter(live.lastActivity())
                ? live.activeAt(possible.isBefore(now) ? possible : now)
                : row;
    }

    /**
     * Reads the session of an access token that was given elsewhere, and has the ledger follow its row.
     *
     * @return false where no session has that token, and none will have it again
     */
    @Transactional
    public boolean readThrough(TokenDigest token, Instant now) {
        return whileReading(() -> {
            List<SessionRows.Held> read = rows.heldByToken(token);
            follow(read, now);
            return !read.isEmpty();
        });
    }

    /** The live session of a row, wherever it stands. */
    Optional<LiveSession<SessionPrincipal>> live(Session session) {
        return ledger.find(session.id());
    }

    /**
     * A change that the ledger could not follow.
     *
     * @param number its number
     * @param sessions those of its sessions whose rows must be read
     */
    private record Unread(long number, Set<UUID> sessions) {}
}
