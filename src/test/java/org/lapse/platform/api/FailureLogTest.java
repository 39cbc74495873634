package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailureLogTest {
    private static final Logger LOGGER = Logger.getLogger(FailureLog.class.getName());

    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private Duration uptime = Duration.ofMinutes(5);
    private final FailureLog log = new FailureLog(() -> uptime);
    private final FakeRequest request = FakeRequest.of("GET", "/api/v2/users");

    @BeforeEach
    void listen() {
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(handler);
    }

    @AfterEach
    void listenNoLonger() {
        LOGGER.removeHandler(handler);
        LOGGER.setUseParentHandlers(true);
    }

    @Test
    void eachFaultOfOurOwnIsLoggedWithItsStackTrace() {
        IllegalStateException fault = new IllegalStateException("wrong");
        log.failed(request.asServletRequest(), fault);
        log.failed(request.asServletRequest(), fault);
        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(record.getThrown()).isSameAs(fault);
        });
    }

    @Test
    void aDatabaseOutOfReachIsOneLineInTenSecondsThatCountsTheOthers() {
        for (int i = 0; i < 500; i++) {
            log.failed(
                    request.asServletRequest(), new IllegalStateException(new SQLException("no connection", "08001")));
        }
        uptime = uptime.plus(FailureLog.OUTAGE_INTERVAL);
        log.failed(request.asServletRequest(), new IllegalStateException(new SQLException("no connection", "08001")));

        assertThat(records).hasSize(2).allSatisfy(record -> {
            assertThat(record.getLevel()).isEqualTo(Level.WARNING);
            assertThat(record.getThrown()).isNull();
        });
        assertThat(new SimpleFormatter().formatMessage(records.get(1)))
                .contains("499 others")
                .contains("no connection");
    }
}
