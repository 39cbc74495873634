package org.lapse.sessions.session;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lapse.rules.excludedapi.ApiCall;

/**
 * What resets inactivity timers, each under a small number, so that every live session can afford to remember its last
 * one. A call is known by its method and its path, in which a segment that is likely an id stands as {@code {}}:
 * {@code GET api/v2/users/{}/timeout}. To number a call that was met before makes no object.
 *
 * <p>The numbers hold until the server stops. There is room for {@value #ROOM} kinds of calls; of those that come
 * later, and of very long ones, only that they were calls is known.
 */
public final class ActivitySources {
    /** What reset the timers of this server's live sessions. */
    public static final ActivitySources OF_THIS_SERVER = new ActivitySources();

    /** Nobody knows: the session was read back when the server started, and has not been used since. */
    static final int UNKNOWN = 0;

    /** The session was opened, or came back with its next token. */
    static final int OPENED = 1;

    /** Its user came back to it. */
    static final int RELOGIN = 2;

    /** A call for which there was no room. */
    static final int OTHER_CALL = 3;

    private static final int FIRST_CALL = 4;
    private static final int ROOM = 4096;
    private static final int TRIES = 8;
    private static final int LONGEST = 200;
    private static final int LONGEST_WORD = 40;
    private static final String ID = "{}";
    private static final String SIGN_IN = "sign-in";
    private static final String RE_LOGIN = "re-login";
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final AtomicReferenceArray<Named> calls = new AtomicReferenceArray<>(ROOM);

    ActivitySources() {}

    /** The number of a call. */
    int of(ApiCall call) {
        String path = call.path();
        if (path.length() > LONGEST) {
            return OTHER_CALL;
        }
        long hash = hash(call.method(), path);
        int first = (int) (hash >>> 40);
        for (int tries = 0; tries < TRIES; tries++) {
            int place = (first + tries) & (ROOM - 1);
            Named known = calls.get(place);
            if (known == null) {
                Named named = new Named(hash, name(call.method(), path));
                known = calls.compareAndSet(place, null, named) ? named : calls.get(place);
            }
            if (known.hash == hash) {
                return FIRST_CALL + place;
            }
        }
        return OTHER_CALL;
    }

    /** The number of what another server calls so; {@link #UNKNOWN} where it does not know either. */
    int named(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        int space = name.indexOf(' ');
        return switch (name) {
            case SIGN_IN -> OPENED;
            case RE_LOGIN -> RELOGIN;
            default ->
                space < 0 ? OTHER_CALL : of(new ApiCall(name.substring(0, space), "/" + name.substring(space + 1)));
        };
    }

    /**
     * What a number stands for, in the words of the interface: {@code sign-in}, {@code re-login}, {@code other} or a
     * call; empty where nobody knows.
     */
    public Optional<String> nameOf(int reset) {
        return switch (reset) {
            case UNKNOWN -> Optional.empty();
            case OPENED -> Optional.of(SIGN_IN);
            case RELOGIN -> Optional.of(RE_LOGIN);
            case OTHER_CALL -> Optional.of("other");
            default -> Optional.ofNullable(calls.get(reset - FIRST_CALL)).map(Named::name);
        };
    }

    /**
     * The same for all calls of one name. It is as long as it is so that no two calls that anybody meets have the same;
     * were there two, one would be shown under the other's name.
     */
    private static long hash(String method, String path) {
        long hash = method.hashCode();
        int end;
        for (int from = 1; from <= path.length(); from = end + 1) {
            int slash = path.indexOf('/', from);
            end = slash < 0 ? path.length() : slash;
            hash = (hash ^ (isKept(path, from, end) ? hashOfSegment(path, from, end) : -1)) * MIX;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    private static long hashOfSegment(String path, int from, int end) {
        long hash = 0;
        for (int i = from; i < end; i++) {
            hash = hash * MIX + path.charAt(i);
        }
        return hash;
    }

    private static String name(String method, String path) {
        return Arrays.stream(path.substring(1).split("/", -1))
                .map(segment -> isKept(segment, 0, segment.length()) ? segment : ID)
                .collect(Collectors.joining("/", method + " ", ""));
    }

    /**
     * A version such as {@code v2}, or letters with hyphens, dots and underscores among them; anything else is likely
     * an id.
     */
    private static boolean isKept(String path, int from, int end) {
        return end - from <= LONGEST_WORD && (isWord(path, from, end) || isVersion(path, from, end));
    }

    private static boolean isWord(String path, int from, int end) {
        for (int i = from; i < end; i++) {
            char c = path.charAt(i);
            int lower = c | 0x20;
            if ((lower < 'a' || lower > 'z') && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isVersion(String path, int from, int end) {
        if (path.charAt(from) != 'v') {
            return false;
        }
        for (int i = from + 1; i < end; i++) {
            if (path.charAt(i) < '0' || path.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** A call that was met. */
    private record Named(long hash, String name) {}
}
