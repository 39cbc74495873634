package org.lapse.concurrency;

import java.util.function.BiFunction;

/** What may happen to a session or to its user. Each is called as its resource, servlet or timer calls it. */
enum UseCase {
    OPEN(Scene::open),
    REFRESH(Scene::refresh),
    REFRESH_AGAIN(Scene::refreshAgain),
    END_ONE(Scene::endOne, Trait.ENDS),
    END_ALL(Scene::endAll, Trait.ENDS),
    FORCED_LOGOUT(Scene::forceLogout, Trait.ENDS),
    SIGN_OUT(Scene::signOut, Trait.ENDS),
    LOCK(Scene::lock, Trait.LOCKS),
    UNLOCK(Scene::unlock),
    LAPSE(Scene::lapse, Trait.ENDS),
    LAPSE_INTO_LOCK(Scene::lapse, Trait.LOCKS),
    EXPIRE(Scene::expire, Trait.ENDS),
    TOKEN_EXPIRES(Scene::expireToken),
    CHANGE_PASSWORD(Scene::changePassword, Trait.ENDS),
    DISABLE_USER(Scene::disableUser, Trait.ENDS),
    DISABLE_APPLICATION(Scene::disableApplication, Trait.ENDS),
    HOLD(Scene::hold),
    RELEASE_HOLD(Scene::releaseHold),
    CHANGE_TIMEOUT(Scene::changeTimeout),
    CHANGE_GROUPS(Scene::changeGroups),
    SIGN_IN(Scene::signIn),
    CATCH_UP(Scene::catchUp),
    DELETE_USER(Scene::deleteUser, Trait.ENDS),
    DELETE_APPLICATION(Scene::deleteApplication, Trait.ENDS),
    REPLACE_SECRET(Scene::replaceSecret),
    CHANGE_ROUTING(Scene::changeRouting),
    MAKE_ROOM(Scene::open, Trait.ENDS);

    private enum Trait {
        ENDS,
        LOCKS,
        NEITHER
    }

    @SuppressWarnings("ImmutableEnumChecker") // a method
    private final BiFunction<Scene, Integer, Boolean> act;

    private final Trait trait;

    UseCase(BiFunction<Scene, Integer, Boolean> act) {
        this(act, Trait.NEITHER);
    }

    UseCase(BiFunction<Scene, Integer, Boolean> act, Trait trait) {
        this.act = act;
        this.trait = trait;
    }

    /** Whether it may end the session. */
    boolean ends() {
        return trait == Trait.ENDS;
    }

    /** Whether it opens one more session. */
    boolean opens() {
        return this == OPEN || this == MAKE_ROOM;
    }

    /** Whether it puts the clock forward, so that a spent refresh token is void. */
    boolean letsTimePass() {
        return this == LAPSE || this == LAPSE_INTO_LOCK || this == EXPIRE || this == TOKEN_EXPIRES;
    }

    /** Whether it may lock the session. */
    boolean locks() {
        return trait == Trait.LOCKS;
    }

    /** Whether it concerns the application itself, which other scenes must not share then. */
    boolean changesApplication() {
        return this == DISABLE_APPLICATION || this == DELETE_APPLICATION || this == REPLACE_SECRET;
    }

    /** Whether the two happen to the same session: what inactivity does to it is the application's one choice. */
    boolean fits(UseCase other) {
        return !(this == LAPSE && other == LAPSE_INTO_LOCK) && !(this == LAPSE_INTO_LOCK && other == LAPSE);
    }

    /**
     * How many transactions come before the one that changes something.
     *
     * <p>The filters and servlets before the resources are not there, so most begin with that one.
     */
    int transactionsBefore() {
        return switch (this) {
            case END_ONE, LOCK, RELEASE_HOLD -> 1; // the rows are looked up
            case CHANGE_PASSWORD -> 2; // whether the user may be reached, and what passwords must be
            case SIGN_IN -> 2; // the sign-in and the code
            case UNLOCK -> 5; // the session, its user, the guess without counters, its counters, and the guess
            default -> 0;
        };
    }

    /** Does it to the session of a scene; false where nothing was done, and throws what is thrown. */
    boolean happen(Scene scene, int number) {
        return scene.world().request(() -> act.apply(scene, number));
    }
}
