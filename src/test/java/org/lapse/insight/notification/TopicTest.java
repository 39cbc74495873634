package org.lapse.insight.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lapse.platform.api.Permission;

/** What one can subscribe to, and what one needs for it. */
class TopicTest {
    private static final UUID ALICE = UUID.fromString("6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3");
    private static final UUID BOB = UUID.fromString("0b2f6f0a-1c7e-4c53-8f0e-3d2f1f7ad5a3");

    @ParameterizedTest
    @EnumSource(TopicKind.class)
    void topicIsFoundByItsName(TopicKind kind) {
        Topic topic = new Topic(ALICE, kind);

        assertThat(Topic.find(topic.name())).contains(topic);
        assertThat(topic.name()).hasSizeLessThanOrEqualTo(Topic.LONGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v2.users.presence",
                "v2.users.{id}.presence",
                "v2.users.1-1-1-1-1.presence",
                "v2.users.6F0D0F61-5F0E-4A53-9C35-2F1F1F7AD5A3.presence",
                "v2.users.6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3",
                "v2.users.6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3.",
                "v2.users.6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3.routingstatus",
                "v2.users.6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3.presence\n",
                "v2.users.6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3.presence.more",
                "v2.users.6f0d0f61-5f0e-4a53-9c35-2f1f1f7ad5a3?presence",
                "v2.system.token_revoked"
            })
    void anythingElseIsNoTopic(String name) {
        assertThat(Topic.find(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TopicKind.class)
    void nobodyLacksAPermissionForWhatHappensToThemselves(TopicKind kind) {
        assertThat(new Topic(ALICE, kind).missing(ALICE, Set.of())).isEmpty();
    }

    @Test
    void presenceOfOthersIsForEverybodyAsItIsToRead() {
        assertThat(new Topic(BOB, TopicKind.PRESENCE).missing(ALICE, Set.of())).isEmpty();
        assertThat(new Topic(BOB, TopicKind.ACTIVITY).missing(null, Set.of())).isEmpty();
    }

    @Test
    void tokensOfOthersAreForThoseWhoMayReadTheAudit() {
        Topic tokens = new Topic(BOB, TopicKind.TOKENS);

        assertThat(tokens.missing(ALICE, Set.of())).contains(Permission.AUDITS_AUDIT_VIEW);
        assertThat(tokens.missing(null, Set.of())).contains(Permission.AUDITS_AUDIT_VIEW);
        assertThat(tokens.missing(ALICE, Set.of("audits:audit:view"))).isEmpty();
    }
}
