package org.lapse.platform.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatabaseAdmissionTest {
    private final DatabaseAdmission admission = new DatabaseAdmission(2);

    @Test
    void whoeverComesWhenAllPlacesAreTakenIsToldToComeAgain() {
        admission.enter(request());
        admission.enter(request());

        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> admission.enter(request()))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(503))
                .satisfies(refusal -> assertThat(refusal.headers()).containsEntry("Retry-After", "2"));
        assertThat(admission.inside()).isEqualTo(2);
        assertThat(admission.refused()).isEqualTo(1);
    }

    @Test
    void aPlaceThatIsGivenBackIsFree() {
        HttpServletRequest first = request();
        admission.enter(first);
        admission.enter(request());
        admission.leave(first);

        admission.enter(request());
        assertThat(admission.inside()).isEqualTo(2);
    }

    @Test
    void aRequestTakesOnePlaceHoweverOftenItAsksAndGivesItBackOnce() {
        HttpServletRequest request = request();
        admission.enter(request);
        admission.enter(request);
        assertThat(admission.inside()).isEqualTo(1);

        admission.leave(request);
        admission.leave(request);
        assertThat(admission.inside()).isZero();
    }

    @Test
    void aRequestThatNeededNoPlaceGivesNoneBack() {
        admission.leave(request());

        assertThat(admission.inside()).isZero();
    }

    @Test
    void aRequestThatNobodyWouldTakeThePlaceFromGetsNone() {
        HttpServletRequest unmapped = FakeRequest.of("GET", "/somewhere").asServletRequest();

        assertThatIllegalStateException().isThrownBy(() -> admission.enter(unmapped));
        assertThat(admission.inside()).isZero();
    }

    @Test
    void whileSomebodyElseWaitsForTheDatabaseATenthOfThePlacesIsGivenAndThenMoreAgain() {
        DatabaseAdmission large = new DatabaseAdmission(40);
        AtomicBoolean waits = new AtomicBoolean();
        large.giveWay(waits::get);
        enter(large, 10);
        waits.set(true);
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> enter(large, 1));
        assertThat(large.inside()).isEqualTo(10);

        waits.set(false);
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> enter(large, 1));
        IntStream.range(0, 4).forEach(turn -> large.hadItsTurn());
        enter(large, 2);
        assertThatExceptionOfType(ApiException.class).isThrownBy(() -> enter(large, 1));
        IntStream.range(0, 40).forEach(turn -> large.hadItsTurn());
        enter(large, 28);

        assertThat(large.inside()).isEqualTo(40);
        assertThat(large.refused()).isEqualTo(3);
    }

    private void enter(DatabaseAdmission places, int requests) {
        IntStream.range(0, requests).forEach(one -> places.enter(request()));
    }

    @Test
    void noPlaceAtAllIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DatabaseAdmission(0));
    }

    private HttpServletRequest request() {
        HttpServletRequest request = FakeRequest.of("GET", "/api/v2/users").asServletRequest();
        admission.offer(request);
        return request;
    }
}
