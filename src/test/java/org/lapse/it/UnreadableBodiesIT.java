package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A call whose body is missing or is no JSON is refused, and is no activity: at every endpoint that the server
 * describes.
 */
@OnServer
class UnreadableBodiesIT {
    private static final String NOBODY = "6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3";
    private static final String BROKEN = "{ nobody reads this";
    private static final String OBJECTS = "/gax/api/cfg/objects";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final Administrator administrator = lapse.administrator();

    @BeforeEach
    void halfAnHourIsTheTimeout() {
        administrator.setTimeout(Duration.ofMinutes(30));
    }

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void bodyThatIsNoJsonIsNoActivity() {
        assertThat(refusedWithoutActivity(BROKEN)).hasSizeGreaterThan(20);
    }

    @Test
    void missingBodyThatIsNeededIsNoActivity() {
        assertThat(refusedWithoutActivity(null)).hasSizeGreaterThan(20);
    }

    @Test
    void clientStateThatIsNoJsonIsNoActivity() {
        TokenHolder service = lapse.service();
        Instant before = service.deadline();
        lapse.letPass(Duration.ofSeconds(1));

        assertThat(service.put("/api/v2/tokens/me/state", BROKEN)).isRefused(400, "bad.request");
        assertThat(service.put("/api/v2/tokens/me/state", "")).isRefused(400, "bad.request");

        assertThat(service.deadline()).isEqualTo(before);
        service.put("/api/v2/tokens/me/state", "{}").expect(200);
        assertThat(service.deadline()).isAfter(before);
        service.delete("/api/v2/tokens/me/state").expect(200);
    }

    @Test
    void configurationObjectThatIsNoJsonIsNoActivity() {
        FrameworkAdministrator script = FrameworkAdministrator.loggedIn(lapse);
        lapse.letPass(Duration.ofMinutes(20));

        assertThat(script.post(OBJECTS, BROKEN)).isRefused(400, "bad.request");
        assertThat(script.put(OBJECTS + "/CfgApplication/1", BROKEN)).isRefused(400, "bad.request");
        assertThat(script.get(OBJECTS + "/nothing")).isRefused(404, "not.found");

        lapse.letPass(Duration.ofMinutes(11));
        assertThat(script.get("/gax/api/user/info")).isRefused(401, "authentication.required");
    }

    /** The endpoints that refuse that body; none of them has reset the timer. */
    private List<String> refusedWithoutActivity(@Nullable String body) {
        TokenHolder service = lapse.service();
        List<String> refused = new ArrayList<>();
        List<String> reset = new ArrayList<>();
        for (Endpoint endpoint : Endpoint.describedBy(lapse)) {
            if (endpoint.isApi() && endpoint.hasBody()) {
                Instant before = service.deadline();
                lapse.letPass(Duration.ofSeconds(1));
                Answer answer = service.call(endpoint.method(), endpoint.pathWith(NOBODY), body);
                if (answer.status() == 400
                        && answer.json().required("code").asText().equals("bad.request")) {
                    refused.add(endpoint.toString());
                    if (!service.deadline().equals(before)) {
                        reset.add(endpoint.toString());
                    }
                }
            }
        }
        assertThat(reset).isEmpty();
        return refused;
    }
}
