package org.lapse.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A WildFly and a Payara Micro that share one PostgreSQL: each answers for the other, and one goes on without it. */
@OnServer
@SeveralNodes
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    /** How soon a server hears of what another one did, on a machine that is busy. */
    private static final Duration HEARING = Duration.ofSeconds(5);

    private static final Duration BACK = Duration.ofMinutes(2);

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static ServerProcess wildfly;

    @SuppressWarnings("NullAway.Init") // started before all tests
    private static ServerProcess payara;

    private final LapseSystem one = wildfly.lapse();
    private final LapseSystem other = payara.lapse();
    private final Administrator administrator = other.administrator(); // the one that runs to the end

    @BeforeAll
    static void startBothAtOnceOnAnEmptyDatabase() throws IOException {
        wildfly = ServerProcess.named("nodes");
        payara = wildfly.beside(ServerKind.PAYARA, "nodes-payara");
        wildfly.start(environment("wildfly"));
        payara.start(environment("payara"));
        wildfly.awaitReady();
        payara.awaitReady();
    }

    private static Map<String, String> environment(String name) {
        return Map.of(
                "LAPSE_CLUSTER_ENABLED",
                "true",
                "LAPSE_CLUSTER_NODE",
                name,
                "LAPSE_ISSUER",
                wildfly.lapse().url("").toString());
    }

    @AfterAll
    static void endBoth() {
        wildfly.close();
        payara.close();
    }

    @AfterEach
    void restore() {
        administrator.restore();
    }

    @Test
    void tokenOfOneServerIsGoodOnTheOtherAtOnceAndSoIsItsEnd() {
        TokenHolder here = one.service();
        TokenHolder there = other.holderOf(here.accessToken());
        there.use().expect(200);
        there.atTheGate("/reports").expect(200);

        there.delete("/api/v2/tokens/me").expect(200);

        there.use().expect(401);
        await().atMost(HEARING).until(() -> here.use().status() == 401);
    }

    @Test
    void sessionThatIsUsedOnOneServerGoesOnAndEndsOnceForBoth() throws InterruptedException {
        String username = UUID.randomUUID() + "@demo.example";
        administrator.createUser(username);
        TokenHolder here = one.signIn(username);
        TokenHolder there = other.holderOf(here.accessToken());
        there.use().expect(200);
        administrator.setTimeout(TIMEOUT);

        for (int second = 0; second < 2 * TIMEOUT.toSeconds(); second++) {
            there.use().expect(200);
            TimeUnit.SECONDS.sleep(1);
        }

        here.use().expect(200);
        await().during(TIMEOUT.minusSeconds(1))
                .atMost(TIMEOUT.plusSeconds(2))
                .until(() -> administrator.endsOf(there).isEmpty());
        await().atMost(TIMEOUT.plus(HEARING))
                .until(() -> !administrator.endsOf(there).isEmpty());
        there.use().expect(401);
        here.use().expect(401);
        assertThat(administrator.endsOf(there)).hasSize(1);
    }

    @Test
    void serverThatIsKilledLeavesTheOtherAtWorkAndNobodyEarly() throws Exception {
        try (ProxyProcess nginx = ProxyProcess.beforeNodes(
                "nodes", one.url().getPort(), other.url().getPort())) {
            LapseSystem address = nginx.service();
            assertThat(answeringNodes(address)).containsExactlyInAnyOrder("wildfly", "payara");
            String username = UUID.randomUUID() + "@demo.example";
            administrator.createUser(username);
            TokenHolder here = one.signIn(username);
            TokenHolder there = other.holderOf(here.accessToken());
            administrator.setTimeout(Duration.ofSeconds(20));
            TimeUnit.SECONDS.sleep(8);
            there.use().expect(200);
            TimeUnit.MILLISECONDS.sleep(300); // a first use after a quiet time is written within a tenth of a second

            payara.kill9();

            assertThat(answeringNodes(address)).containsExactly("wildfly");
            TimeUnit.SECONDS.sleep(14); // 22 after the last use that this server has seen, 14 after that of the other
            here.use().expect(200);
            assertThat(stateOf("payara")).isEqualTo("lost");

            payara.start(environment("payara"));
            payara.awaitReady();
            other.holderOf(one.service().accessToken()).use().expect(200);
            await().atMost(BACK).untilAsserted(() -> assertThat(answeringNodes(address))
                    .containsExactlyInAnyOrder("wildfly", "payara"));
        }
    }

    @Test
    void serverThatWasStoppedForLongerThanItsLeaseLetsNobodyPassWhoEndedMeanwhile() throws Exception {
        TokenHolder ended = one.service();
        TokenHolder alive = one.service();
        other.holderOf(ended.accessToken()).use().expect(200);
        other.holderOf(alive.accessToken()).use().expect(200);

        payara.signal("STOP");
        TimeUnit.SECONDS.sleep(5);
        ended.delete("/api/v2/tokens/me").expect(200);
        payara.signal("CONT");

        for (int call = 0; call < 50; call++) {
            assertThat(other.holderOf(ended.accessToken()).use().status()).isIn(401, 503);
        }
        await().atMost(BACK)
                .until(() -> other.holderOf(alive.accessToken()).use().status() == 200);
        assertThat(other.holderOf(ended.accessToken()).use().status()).isEqualTo(401);
        assertThat(stateOf("payara")).isEqualTo("serving");
    }

    @Test
    void clockOfOneServerIsNotPutForward() {
        assertThat(one.answerTo(HttpRequest.newBuilder(one.url("/demo/clock"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"forwardSeconds\":60}"))
                                .build())
                        .status())
                .isEqualTo(409);
    }

    /** It is the last one: the server that is not upgraded would not start again on the newer tables. */
    @Test
    @Order(Integer.MAX_VALUE)
    void oneServerAfterTheOtherGetsTheNextVersionWhileBothAreAtWork() throws Exception {
        TokenHolder before = one.service();
        payara.stop();
        payara.upgradeTo(NextVersion.war(Path.of("nodes-payara").toAbsolutePath()));
        payara.start(environment("payara"));
        payara.awaitReady();

        other.holderOf(before.accessToken()).use().expect(200);
        before.use().expect(200);
        TokenHolder fromNew = other.service();
        one.holderOf(fromNew.accessToken()).use().expect(200);
        one.holderOf(fromNew.accessToken()).delete("/api/v2/tokens/me").expect(200);
        await().atMost(HEARING).until(() -> fromNew.use().status() == 401);

        wildfly.stop();
        other.holderOf(before.accessToken()).use().expect(200);
        assertThat(answeringNodes(other)).containsExactly("payara");
    }

    /** Which servers answer some calls at an address, each of which is answered. */
    private static Set<String> answeringNodes(LapseSystem address) {
        TokenHolder holder = address.service();
        return IntStream.range(0, 8)
                .mapToObj(call -> holder.get("/api/v2/nodes").expect(200).json().required("entities"))
                .flatMap(nodes -> StreamSupport.stream(nodes.spliterator(), false))
                .filter(node -> node.required("self").asBoolean())
                .map(node -> node.required("name").asText())
                .collect(Collectors.toSet());
    }

    /** What the one server says of the latest life of a node. */
    private String stateOf(String name) {
        return StreamSupport.stream(
                        one.service()
                                .get("/api/v2/nodes")
                                .expect(200)
                                .json()
                                .required("entities")
                                .spliterator(),
                        false)
                .filter(node -> node.required("name").asText().equals(name))
                .reduce((earlier, later) -> later)
                .orElseThrow()
                .required("state")
                .asText();
    }
}
