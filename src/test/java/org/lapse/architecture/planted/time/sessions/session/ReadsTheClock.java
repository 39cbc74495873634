package org.lapse.architecture.planted.time.sessions.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.Supplier;

/** All the ways to read the clock, and in the end some that look like it. */
@SuppressWarnings("JavaUtilDate")
class ReadsTheClock {

    Instant instant() {
        return Instant.now();
    }

    Supplier<Instant> instantAsAFunction() {
        return Instant::now;
    }

    LocalDate date() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    LocalDate dateOfAClock() {
        return LocalDate.now(movedClock(Instant.EPOCH));
    }

    Year year() {
        return Year.now(ZoneOffset.UTC);
    }

    long millis() {
        return System.currentTimeMillis();
    }

    long nanos() {
        return System.nanoTime();
    }

    Clock systemClock() {
        return Clock.systemUTC();
    }

    Clock tickingClock() {
        return Clock.tickSeconds(ZoneOffset.UTC);
    }

    InstantSource systemSource() {
        return InstantSource.system();
    }

    Date oldDate() {
        return new Date();
    }

    Supplier<Date> oldDateAsAFunction() {
        return Date::new;
    }

    Date oldDateOfAMoment(Instant moment) {
        return new Date(moment.toEpochMilli());
    }

    final Clock movedClock(Instant moment) {
        return Clock.offset(Clock.fixed(moment, ZoneOffset.UTC), Duration.ofHours(1));
    }
}
