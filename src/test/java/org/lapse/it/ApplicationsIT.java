package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.lapse.it.AnswerAssert.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Applications and their templates under {@code /api/v2}. */
@OnServer
class ApplicationsIT {
    private static final String APPLICATIONS = "/api/v2/applications";

    private final LapseSystem lapse = LapseSystem.ofSuite();
    private final TokenHolder service = lapse.service();

    @Test
    void applicationIsMadeFromATemplateByItsNameAndDeleted() {
        String name = "Made by ApplicationsIT " + UUID.randomUUID();

        JsonNode made = service.post(
                        APPLICATIONS,
                        "{\"name\":\"" + name + "\",\"template\":{\"name\":\"SIP Feature Server\"},"
                                + "\"options\":{\"security\":{\"on-inactivity\":null}},\"annex\":{\"a\":{\"b\":\"c\"}}}")
                .expect(200)
                .json();

        assertThat(made.required("type").asText()).isEqualTo("CFGSIPFeatureServer");
        assertThat(made.required("templateDbid").asInt()).isEqualTo(11);
        assertThat(made.required("options").toString()).isEqualTo("{\"security\":{\"inactivity-timeout\":\"10\"}}");
        assertThat(made.at("/annex/a/b").asText()).isEqualTo("c");
        String path = made.required("selfUri").asText();
        assertThat(service.get(path).expect(200).json()).isEqualTo(made);
        JsonNode page = service.get(APPLICATIONS + "?name="
                        + name.substring(8).replace(" ", "%20").toUpperCase(java.util.Locale.ROOT))
                .expect(200)
                .json();
        assertThat(page.required("total").asInt()).isEqualTo(1);
        assertThat(page.required("entities").get(0)).isEqualTo(made);
        assertThat(service.post(APPLICATIONS, "{\"name\":\"" + name + "\",\"template\":{\"dbid\":11}}"))
                .isRefused(409, "general.conflict");

        service.delete(path).expect(200);

        assertThat(service.get(path)).isRefused(404, "not.found");
        assertThat(lapse.administrator().auditsOf(made.required("id").asText()))
                .extracting(row -> row.required("action").asText())
                .containsExactly("application.delete", "application.create");
    }

    @Test
    void optionThatDecidesTheTimeoutIsNamedWithItsUnit() {
        assertThat(decidingOption("SIP Feature Server", ""))
                .isEqualTo(
                        "{\"option\":\"[security] inactivity-timeout\",\"unit\":\"minutes\",\"timeoutSeconds\":600}");
        assertThat(decidingOption("SIP Feature Server Telephone User Interface", ""))
                .isEqualTo("{\"option\":\"[telephone] attempts and attempt-seconds\",\"unit\":\"attempts\","
                        + "\"timeoutSeconds\":30}");
        assertThat(decidingOption(
                        "Genesys Administrator Extension",
                        "\"general\":{\"inactivity_timeout\":\"90\"},\"security\":{\"inactivity-timeout\":\"10\"}"))
                .isEqualTo("{\"option\":\"[general] inactivity_timeout\",\"unit\":\"seconds\",\"timeoutSeconds\":90}");
        assertThat(decidingOption("Configuration Manager", "")).isEqualTo("null");
    }

    /** What an application that is made from a template with these options says about it. */
    private String decidingOption(String template, String options) {
        JsonNode made = service.post(
                        APPLICATIONS,
                        "{\"name\":\"" + UUID.randomUUID() + "\",\"template\":{\"name\":\"" + template
                                + "\"},\"options\":{" + options + "}}")
                .expect(200)
                .json();
        service.delete(made.required("selfUri").asText()).expect(200);
        return String.valueOf(made.get("inactivityTimeout"));
    }

    @Test
    void listingIsPaged() {
        JsonNode page = service.get(APPLICATIONS + "?pageSize=1").expect(200).json();

        assertThat(page.required("entities")).hasSize(1);
        assertThat(page.required("total").asInt()).isGreaterThan(1);
        assertThat(page.required("entities").get(0).required("dbid").asInt()).isPositive();
    }

    @Test
    void templatesOfTheComponentsAreBuiltIn() {
        JsonNode templates =
                service.get(APPLICATIONS + "/templates").expect(200).json();

        assertThat(templates)
                .filteredOn(template -> template.required("builtIn").asBoolean())
                .hasSize(13);
    }

    @Test
    void templateThatIsNotThereMakesNothing() {
        assertThat(service.post(APPLICATIONS, "{\"name\":\"x\",\"template\":{\"name\":\"invented\"}}"))
                .isRefused(400, "invalid.value")
                .namesField("template");
        assertThat(service.post(APPLICATIONS, "{\"name\":\"x\",\"template\":{}}"))
                .isRefused(400, "invalid.value")
                .namesField("template");
    }
}
