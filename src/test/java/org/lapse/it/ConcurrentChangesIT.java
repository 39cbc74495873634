package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Administrators who change the same thing at the same moment: whose change is lost is told so. */
@OnServer
class ConcurrentChangesIT {
    private static final int ADMINISTRATORS = 6;
    private static final String SETTINGS = "/api/v2/organizations/authentication/settings";
    private static final String TIMEOUT = "/api/v2/tokens/timeout";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final TokenHolder service = lapse.service();

    @AfterEach
    void restore() {
        service.put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":1800}").expect(200);
        service.call("PATCH", SETTINGS, "{\"domainAllowlist\":[]}").expect(200);
        lapse.administrator().restore();
    }

    /** Each administrator wants something else, so that none of the changes is none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT   | /api/v2/tokens/timeout                        | {\"idleTokenTimeoutSeconds\":120%d}",
                "PATCH | /api/v2/organizations/authentication/settings | {\"domainAllowlist\":[\"desk%d.example\"]}",
            })
    void ofThoseWhoStartFromTheSameRevisionOneSucceeds(String method, String path, String change) {
        Map<String, String> based =
                Map.of("If-Match", service.get(path).header("ETag").orElseThrow());

        List<Answer> answers = Crowd.atOnce(IntStream.range(0, ADMINISTRATORS)
                .<Crowd.Call>mapToObj(i -> () -> service.call(method, path, change.formatted(i), based))
                .toList());

        assertThat(answers.stream().collect(Collectors.partitioningBy(answer -> answer.status() == 200)))
                .satisfies(parted -> assertThat(parted.get(true)).hasSize(1), parted -> assertThat(parted.get(false))
                        .allSatisfy(refused -> assertThat(refused.status()).isIn(409, 412)));
    }

    @Test
    void whatSucceededIsThereWhoeverElseWrote() {
        for (int round = 0; round < 10; round++) {
            int seconds = 600 + round;
            boolean enabled = round % 2 == 0;

            List<Answer> answers = Crowd.atOnce(List.of(
                    () -> service.put(TIMEOUT, "{\"idleTokenTimeoutSeconds\":" + seconds + "}"),
                    () -> service.put(TIMEOUT, "{\"enableIdleTokenTimeout\":" + enabled + "}")));

            JsonNode after = service.get(TIMEOUT).expect(200).json();
            assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409).contains(200);
            if (answers.get(0).status() == 200) {
                assertThat(after.required("idleTokenTimeoutSeconds").asInt()).isEqualTo(seconds);
            }
            if (answers.get(1).status() == 200) {
                assertThat(after.required("enableIdleTokenTimeout").asBoolean()).isEqualTo(enabled);
            }
        }
    }
}
