package org.lapse.sessions.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lapse.organizations.directory.Entitlements;
import org.lapse.sessions.ledger.CommittedState;
import org.lapse.sessions.ledger.SessionLedger;
import org.lapse.sessions.ledger.SessionPrincipals;
import org.lapse.sessions.ledger.SharedTimeout;
import org.lapse.sessions.ledger.TokenDigest;

/**
 * How much of the heap a live session takes: with its place in the ledger, its principal, and the id and name of a user
 * who has no other session.
 */
class MemoryOfSessionsTest {
    private static final int SESSIONS = 250_000;
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    @Test
    void liveSessionTakes241BytesAtTheMost() throws IOException, InterruptedException {
        assertThat(bytesInAJvmOfItsOwn()).isBetween(200L, 241L);
    }

    /** What other tests have left, and the threads that they leave, allocate and free while this measures. */
    private static long bytesInAJvmOfItsOwn() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xms512m",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryOfSessionsTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return Long.parseLong(said.strip());
    }

    /** Says how many bytes a session takes. */
    public static void main(String[] arguments) {
        List<Remembered> remembered = new ArrayList<>(List.of(remember()));
        long with = used();
        if (remembered.get(0).ledger.size() != SESSIONS) {
            throw new IllegalStateException("Not all sessions are in the ledger");
        }
        remembered.clear();
        System.out.println((with - used()) / SESSIONS);
    }

    private static Remembered remember() {
        SharedParts parts = new SharedParts();
        SharedTimeout timeout = SharedTimeout.of(Optional.of(Duration.ofMinutes(30)));
        SessionLedger<SessionPrincipal> ledger = new SessionLedger<>(START, governedBy(timeout));
        for (int i = 0; i < SESSIONS; i++) {
            CommittedState<SessionPrincipal> opened = opened(
                    UUID.randomUUID(),
                    TokenDigest.of("token" + i),
                    parts.share(principal(i)),
                    START,
                    START.plus(Duration.ofHours(12)));
            ledger.apply(opened, START);
        }
        return new Remembered(parts, ledger);
    }

    /** All that a node keeps of sessions. */
    private record Remembered(SharedParts parts, SessionLedger<SessionPrincipal> ledger) {}

    /** As it comes from the database: nothing in it is the same object as in another. */
    private static SessionPrincipal principal(int i) {
        return new SessionPrincipal(
                new UUID(1, 1),
                "demo-" + "desk",
                UUID.randomUUID(),
                "user%06d@example".formatted(i),
                Entitlements.NONE,
                String.join(" ", "openid", "profile"));
    }

    /** Principals that stay as they are, all of them governed alike. */
    private static SessionPrincipals<SessionPrincipal> governedBy(SharedTimeout timeout) {
        return new SessionPrincipals<>() {
            @Override
            public SessionPrincipal latest(SessionPrincipal principal, long version) {
                return principal;
            }

            @Override
            public SharedTimeout timeoutOf(SessionPrincipal principal) {
                return timeout;
            }
        };
    }

    private static CommittedState<SessionPrincipal> opened(
            UUID id, TokenDigest token, SessionPrincipal principal, Instant lastActivity, Instant expiresAt) {
        return new CommittedState.Live<>(
                id,
                1,
                Optional.empty(),
                token,
                expiresAt,
                Optional.empty(),
                Optional.of(principal),
                lastActivity,
                0,
                Optional.empty());
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
