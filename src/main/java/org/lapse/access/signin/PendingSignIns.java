package org.lapse.access.signin;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.lapse.organizations.authenticator.AuthenticationMethods;
import org.lapse.organizations.authenticator.CodeCheck;
import org.lapse.organizations.authenticator.OneTimeCodes;
import org.lapse.organizations.authenticator.PasskeyBinding;
import org.lapse.organizations.authenticator.PasskeyOptions;
import org.lapse.organizations.authenticator.Passkeys;
import org.lapse.organizations.authenticator.SecondFactorPolicy;
import org.lapse.organizations.directory.PasswordChanged;
import org.lapse.organizations.directory.User;
import org.lapse.organizations.directory.UserDisabled;
import org.lapse.organizations.directory.Users;
import org.lapse.platform.clock.WallClock;
import org.lapse.platform.database.RowLocks;
import org.lapse.platform.page.BrowserCookies;
import org.lapse.platform.page.Unguessable;
import org.lapse.platform.retention.Retention;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * The second step of signing in: the password was right, and something else has to prove who is there. A browser has at
 * most one, found by a cookie of which only the digest is stored; it is good for {@link #LIFETIME} and for a few wrong
 * codes. Each method is one transaction, which locks the user first, then the row.
 *
 * <p>Users who must have a second factor and have none set one up here.
 */
@Singleton
@Transactional
public class PendingSignIns {
    /** For how long the password counts while the rest is missing. */
    static final Duration LIFETIME = Duration.ofMinutes(10);

    private static final String COOKIE = "lapse_second_step";
    private static final String FIRST_PASSKEY = "Passkey";

    private final EntityManager entities;
    private final Users users;
    private final SignIns signIns;
    private final SecondFactorPolicy factors;
    private final OneTimeCodes codes;
    private final Passkeys passkeys;
    private final BrowserCookies cookies;
    private final Event<SignInEvent> events;
    private final WallClock clock;

    @Produces
    static Retention retention() {
        return Retention.of("sign-ins at their second step", PendingSignIn.class, "e.expiresAt", Duration.ofHours(1));
    }

    @Inject
    PendingSignIns(
            EntityManager entities,
            Users users,
            SignIns signIns,
            SecondFactorPolicy factors,
            OneTimeCodes codes,
            Passkeys passkeys,
            BrowserCookies cookies,
            Event<SignInEvent> events,
            WallClock clock) {
        this.entities = entities;
        this.users = users;
        this.signIns = signIns;
        this.factors = factors;
        this.codes = codes;
        this.passkeys = passkeys;
        this.cookies = cookies;
        this.events = events;
        this.clock = clock;
    }

    /**
     * A user has given their password in this browser, and has to prove more.
     *
     * @param user as the password was checked
     * @return empty where the user was disabled, or the password changed, since it was checked
     */
    public Optional<Person> begin(User user, HttpServletResponse response) {
        if (!users.lockUnchanged(user)) {
            return Optional.empty();
        }
        String cookie = Unguessable.next();
        PendingSignIn pending = new PendingSignIn(
                user.organizationId(), user.id(), digestOf(cookie), clock.now().plus(LIFETIME));
        entities.persist(pending);
        cookies.set(response, COOKIE, cookie);
        return Optional.of(new Person(user, factors.of(user.id()), pending.id()));
    }

    /** Who has given the password in the browser that makes this request, and has to prove more. */
    public Optional<Person> of(HttpServletRequest request) {
        return find(request).filter(pending -> !pending.isOver(clock.now())).flatMap(pending -> users.find(
                        pending.organizationId(), pending.userId())
                .map(user -> new Person(user, factors.of(user.id()), pending.id())));
    }

    /** The secret for the authenticator app of somebody who has to set one up, which no other browser is shown. */
    public OneTimeCodes.Enrolment enrolment(Person person) {
        return codes.beginUnlessBegun(person.user(), holder(person.pending()), clock.now());
    }

    /**
     * What the browser is asked to sign with a passkey of the person's.
     *
     * @param form the unguessable value of the form that brings the answer
     */
    public PasskeyOptions.Request askForPasskey(Person person, String form) {
        return passkeys.askAsSecond(person.user().id(), PasskeyBinding.ofForm(form), clock.now());
    }

    /** What the browser is asked to make a new passkey for. */
    public PasskeyOptions.Creation askForNewPasskey(Person person, String form) {
        return passkeys.askToCreate(person.user(), enrolmentBinding(person.user(), form), clock.now());
    }

    /** A code of the authenticator app, or a recovery code. */
    public Outcome byCode(
            String applicationId, String typed, HttpServletRequest request, HttpServletResponse response) {
        return proceed(applicationId, request, response, Stage.VERIFY, (pending, user) -> {
            CodeCheck check = codes.check(user, applicationId, typed, clock.now());
            if (check instanceof CodeCheck.Throttled throttled) {
                return new Step.Throttled(throttled.remaining());
            }
            return check instanceof CodeCheck.Right
                    ? new Step.Proved(AuthenticationMethods.passwordAndCode())
                    : new Step.Refused();
        });
    }

    /**
     * A passkey of the user's.
     *
     * @param form the unguessable value of the form that brought it
     */
    public Outcome byPasskey(
            String applicationId, String form, String json, HttpServletRequest request, HttpServletResponse response) {
        return proceed(applicationId, request, response, Stage.VERIFY, (pending, user) -> passkeys.checkAsSecond(
                        user, PasskeyBinding.ofForm(form), applicationId, json, clock.now())
                .<Step>map(use -> new Step.Proved(AuthenticationMethods.passwordAndPasskey()))
                .orElseGet(Step.Refused::new));
    }

    /** The first code of an authenticator app that has just been set up. */
    public Outcome byNewApp(
            String applicationId, String typed, HttpServletRequest request, HttpServletResponse response) {
        return proceed(
                applicationId,
                request,
                response,
                Stage.ENROL,
                (pending, user) -> codes.confirm(user, holder(pending.id()), applicationId, typed, clock.now())
                        ? new Step.Enrolled(
                                AuthenticationMethods.passwordAndCode(),
                                codes.replaceRecoveryCodes(user, applicationId, clock.now()))
                        : new Step.Refused());
    }

    /** A passkey that has just been made. */
    public Outcome byNewPasskey(
            String applicationId, String form, String json, HttpServletRequest request, HttpServletResponse response) {
        return proceed(
                applicationId,
                request,
                response,
                Stage.ENROL,
                (pending, user) -> passkeys.enrol(
                                user, enrolmentBinding(user, form), applicationId, FIRST_PASSKEY, json, clock.now())
                        ? new Step.Enrolled(
                                AuthenticationMethods.passwordAndPasskey(),
                                codes.replaceRecoveryCodes(user, applicationId, clock.now()))
                        : new Step.Refused());
    }

    private Outcome proceed(
            String applicationId,
            HttpServletRequest request,
            HttpServletResponse response,
            Stage stage,
            BiFunction<PendingSignIn, User, Step> proof) {
        Instant now = clock.now();
        PendingSignIn known = find(request).orElse(null);
        if (known == null) {
            return new Outcome.Over();
        }
        users.lock(List.of(known.userId()));
        PendingSignIn pending = RowLocks.find(entities, PendingSignIn.class, known.id(), LockModeType.PESSIMISTIC_WRITE)
                .filter(found -> !found.isOver(now))
                .orElse(null);
        User user = pending == null
                ? null
                : users.find(pending.organizationId(), pending.userId())
                        .filter(User::isEnabled)
                        .orElse(null);
        if (pending == null || user == null || stage != stageOf(user)) {
            return new Outcome.Over();
        }
        Step step = proof.apply(pending, user);
        if (step instanceof Step.Throttled throttled) {
            return new Outcome.Throttled(throttled.remaining());
        }
        if (step instanceof Step.Refused) {
            pending.fail();
            return pending.isOver(now) ? new Outcome.Over() : new Outcome.Wrong();
        }
        entities.remove(pending);
        cookies.forget(response, COOKIE);
        AuthenticationMethods methods =
                step instanceof Step.Enrolled enrolled ? enrolled.methods() : ((Step.Proved) step).methods();
        events.fire(new SignInEvent.SignedIn(user, applicationId, now));
        SignIn signIn = signIns.signIn(user, methods, request, response);
        return new Outcome.SignedIn(
                signIn, step instanceof Step.Enrolled enrolled ? enrolled.recoveryCodes() : List.of());
    }

    /** Nobody who has a second factor gets around it by setting up another. */
    private Stage stageOf(User user) {
        return factors.of(user.id()).isAny() ? Stage.VERIFY : Stage.ENROL;
    }

    private Optional<PendingSignIn> find(HttpServletRequest request) {
        return cookies.read(request, COOKIE).filter(Unguessable::hasForm).flatMap(cookie -> entities.createQuery(
                        "select p from PendingSignIn p where p.cookieDigest = :digest", PendingSignIn.class)
                .setParameter("digest", digestOf(cookie))
                .getResultStream()
                .findFirst());
    }

    /** The password that was given counts no more. */
    void forget(@Observes PasswordChanged changed) {
        forget(changed.userId());
    }

    void forget(@Observes UserDisabled disabled) {
        forget(disabled.userId());
    }

    private void forget(UUID userId) {
        entities.createQuery("delete from PendingSignIn p where p.userId = :user")
                .setParameter("user", userId)
                .executeUpdate();
    }

    private static PasskeyBinding enrolmentBinding(User user, String form) {
        return PasskeyBinding.ofEnrolment(user.id().toString(), form);
    }

    private static String holder(UUID pendingId) {
        return "sign-in " + pendingId;
    }

    private static byte[] digestOf(String cookie) {
        return TokenDigest.of(cookie).bytes();
    }

    private enum Stage {
        VERIFY,
        ENROL
    }

    private sealed interface Step {
        record Proved(AuthenticationMethods methods) implements Step {}

        record Enrolled(AuthenticationMethods methods, List<String> recoveryCodes) implements Step {}

        record Refused() implements Step {}

        record Throttled(Duration remaining) implements Step {}
    }

    /**
     * Who has given the password.
     *
     * @param user the user
     * @param enrolled what the user has besides
     * @param pending the id of the second step of that browser
     */
    public record Person(User user, SecondFactorPolicy.Enrolled enrolled, UUID pending) {}

    /** What became of a second step. */
    public sealed interface Outcome {
        /**
         * The user is signed in.
         *
         * @param recoveryCodes to be shown this once; none where there are no new ones
         */
        record SignedIn(SignIn signIn, List<String> recoveryCodes) implements Outcome {
            @Override
            public String toString() {
                return "SignedIn[hidden]";
            }
        }

        /** It was wrong, and may be tried again. */
        record Wrong() implements Outcome {}

        /** It was not looked at. */
        record Throttled(Duration remaining) implements Outcome {}

        /** The password has to be given again. */
        record Over() implements Outcome {}
    }
}
