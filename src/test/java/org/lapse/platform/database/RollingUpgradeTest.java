package org.lapse.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of the version before go on working on the tables while others are upgraded. */
class RollingUpgradeTest {
    /** Up to here all nodes were stopped for an upgrade. */
    private static final int FIRST_BESIDE_AN_OLDER_VERSION = 37;

    /** What takes from the version before something that it reads or writes, or demands what it does not write. */
    private static final Pattern NOT_SURVIVED = Pattern.compile("\\bdrop (table|column|sequence)\\b|\\brename\\b"
            + "|\\balter column\\b.*\\b(type|set not null|set data type)\\b"
            + "|\\badd column\\b(?!.*\\bdefault\\b).*\\bnot null\\b"
            + "|\\badd (constraint|check|foreign key|unique|primary key)\\b|\\bcreate unique index\\b");

    @Test
    void olderVersionSurvivesEveryLaterMigration() throws IOException, URISyntaxException {
        List<Path> later = migrations();

        assertThat(later).isNotEmpty();
        for (Path migration : later) {
            assertThat(notSurvived(Files.readString(migration)))
                    .as("%s: see docs/operations.md, \"Replicas and upgrades\"", migration.getFileName())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "drop table hold",
                "alter table session drop column state",
                "alter table session rename to sessions",
                "alter table session alter column state type varchar(5)",
                "alter table session alter column state set not null",
                "alter table session add column more varchar(5) not null",
                "alter table session add constraint one check (version > 0)",
                "create unique index session_by_user on session (user_id)"
            })
    void whatItDoesNotSurviveIsFound(String statement) {
        assertThat(notSurvived("-- drop nothing\n" + statement + ";")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table one_more (id uuid primary key, at timestamp not null)",
                "alter table session add column more varchar(5)",
                "alter table session add column more bigint default 0 not null",
                "create index session_by_more on session (more)",
                "update session set more = 'x' where more is null"
            })
    void whatItSurvivesIsPermitted(String statement) {
        assertThat(notSurvived(statement)).isEmpty();
    }

    private static List<String> notSurvived(String migration) {
        String withoutComments = migration.replaceAll("(?m)--.*$", "");
        return Arrays.stream(withoutComments.split(";"))
                .map(statement -> statement
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", " ")
                        .strip())
                .filter(statement -> NOT_SURVIVED.matcher(statement).find())
                .toList();
    }

    private static List<Path> migrations() throws IOException, URISyntaxException {
        Path first =
                Path.of(Objects.requireNonNull(RollingUpgradeTest.class.getResource("/db/migration/V31__nodes.sql"))
                        .toURI());
        try (Stream<Path> all = Files.list(Objects.requireNonNull(first.getParent()))) {
            return all.filter(file -> version(file) >= FIRST_BESIDE_AN_OLDER_VERSION)
                    .sorted()
                    .toList();
        }
    }

    private static int version(Path migration) {
        String name = migration.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
