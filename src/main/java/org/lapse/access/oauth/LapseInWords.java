package org.lapse.access.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lapse.platform.page.DurationInWords;
import org.lapse.platform.page.Messages;
import org.lapse.sessions.session.LastActivity;
import org.lapse.sessions.session.Session;

/**
 * What inactivity did to a session, in one sentence for its user: when, for how long nobody was active, and what the
 * last activity was. Moments are in UTC; a script of the page writes them as the browser's clock shows them.
 */
final class LapseInWords {
    private static final char MARK = '\u0001';
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private LapseInWords() {}

    /**
     * The sentence in parts, each a text or a moment; empty where inactivity did nothing to the session.
     *
     * @param application what people call the session's application
     */
    static Optional<List<Map<String, Object>>> of(Session session, String application, Locale language) {
        Instant deadline = session.lapsedAt();
        if (deadline == null) {
            return Optional.empty();
        }
        Instant lastUse = lastUse(session.lastActivity().at(), session.heldUntil(), deadline);
        String sentence = Messages.text(
                language,
                session.endedAt() == null ? "lapse.locked" : "lapse.ended",
                marked(deadline),
                application,
                DurationInWords.of(language, roundedToSeconds(Duration.between(lastUse, deadline))),
                Messages.text(
                        language,
                        "lapse.last-" + kindOf(session.lastActivity(), lastUse),
                        marked(session.lastActivity().at())));
        return Optional.of(parts(sentence));
    }

    private static Instant lastUse(Instant activity, @Nullable Instant heldUntil, Instant deadline) {
        return heldUntil != null && heldUntil.isAfter(activity) && heldUntil.isBefore(deadline) ? heldUntil : activity;
    }

    private static Duration roundedToSeconds(Duration duration) {
        return Duration.ofSeconds(Math.max(1, duration.plusMillis(500).toSeconds()));
    }

    private static String kindOf(LastActivity last, Instant lastUse) {
        String by = last.by();
        if (by == null || lastUse.isAfter(last.at())) {
            return "unknown";
        }
        return switch (by) {
            case "sign-in", "re-login", "POST api/v2/tokens/me/activity" -> "person";
            default -> "call";
        };
    }

    private static String marked(Instant moment) {
        return MARK + moment.toString() + MARK;
    }

    private static List<Map<String, Object>> parts(String sentence) {
        List<Map<String, Object>> parts = new ArrayList<>();
        String[] pieces = sentence.split(String.valueOf(MARK), -1);
        for (int i = 0; i < pieces.length; i++) {
            String piece = pieces[i];
            parts.add(
                    i % 2 == 0
                            ? Map.of("text", piece, "moments", List.of())
                            : Map.of(
                                    "text",
                                    "",
                                    "moments",
                                    List.of(Map.of("at", piece, "clock", CLOCK.format(Instant.parse(piece))))));
        }
        return parts;
    }
}
