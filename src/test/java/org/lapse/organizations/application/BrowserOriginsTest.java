package org.lapse.organizations.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.middle.OnBothDatabases;
import org.lapse.middle.Statements;
import org.lapse.organizations.directory.Organizations;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;

@OnBothDatabases
class BrowserOriginsTest {
    private final LapseInJavaSE lapse;
    private final BrowserOrigins origins;
    private final Caller administrator;
    private final String origin = "https://" + UUID.randomUUID() + ".example";

    BrowserOriginsTest(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.origins = lapse.get(BrowserOrigins.class);
        this.administrator = new Caller(
                lapse.get(Organizations.class)
                        .findByDomain("demo")
                        .orElseThrow()
                        .id(),
                "demo-service",
                null,
                "demo-service",
                Permission.all(),
                "a token");
    }

    @Test
    void changeHoldsAtOnceAndNobodyAsksTheDatabase() {
        String other = "https://" + UUID.randomUUID() + ".example";
        String first = Registered.codeClient(lapse, administrator, false, origin + "/callback");
        String second = Registered.codeClient(lapse, administrator, false, origin + "/other");
        assertKnown(origin, true);

        Registered.sendBack(lapse, administrator, first, other + "/callback");
        assertKnown(origin, true);
        assertKnown(other, true);

        lapse.get(Applications.class)
                .change(administrator, second, new ApplicationChange(null, null, "disabled", null, null, null));
        assertKnown(origin, false);
        assertKnown(other, true);
    }

    @Test
    void changeThatIsRolledBackHoldsForNobody() {
        assertThatThrownBy(() -> lapse.inTransaction((Runnable) () -> {
                    Registered.codeClient(lapse, administrator, false, origin + "/callback");
                    throw new IllegalStateException("in vain");
                }))
                .hasMessage("in vain");
        assertKnown(origin, false);
    }

    @Test
    void whatIsThereAtTheStartIsKnown() {
        assertKnown("https://nowhere.example", false);
        String desk = lapse.get(Applications.class)
                .readClient("demo-desk")
                .orElseThrow()
                .value()
                .redirectUris()
                .iterator()
                .next();
        assertThat(origins.contains(BrowserOrigins.originOf(desk).orElseThrow()))
                .isTrue();
    }

    private void assertKnown(String asked, boolean known) {
        List<String> statements =
                Statements.of(() -> assertThat(origins.contains(asked)).isEqualTo(known));
        assertThat(statements).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://Desk.example/callback, https://desk.example",
        "https://desk.example:443/, https://desk.example",
        "http://localhost:3000/a?b, http://localhost:3000"
    })
    void theOriginOfARedirectUriIsWrittenAsBrowsersDo(String address, String origin) {
        assertThat(BrowserOrigins.originOf(address)).contains(origin);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example.desk:/cb", "not a uri", "/relative"})
    void whereNoPageCanBeThereIsNoOrigin(String address) {
        assertThat(BrowserOrigins.originOf(address)).isEmpty();
    }
}
