#!/bin/sh
# H2 2.3.232 and OpenJDK 17; PostgreSQL orders as H2 does.
#
# UUID.compareTo compares the two halves as signed numbers, so ids that begin with 8 to f come before those that begin
# with 0 to 7. "order by id" compares bytes without a sign. A program that locks rows one after the other in the order of
# Java, beside a statement with "order by id for update", locks them crosswise, and the two can wait for each other. A
# comparator of unsigned halves agrees with the database.
#
# Prints both orders; fails if they agree. Needs Java 17 or later and Maven.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -q dependency:copy -Dartifact=com.h2database:h2:2.3.232 -DoutputDirectory="$work"
cat > Orders.java <<'JAVA'
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

class Orders {
    public static void main(String[] arguments) throws Exception {
        List<UUID> ids = List.of(
                UUID.fromString("10000000-0000-4000-8000-000000000000"),
                UUID.fromString("90000000-0000-4000-8000-000000000000"),
                UUID.fromString("d0000000-0000-4000-8000-000000000000"),
                UUID.fromString("50000000-0000-4000-8000-000000000000"));
        List<UUID> inDatabase = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:h2:mem:");
                var statement = connection.createStatement()) {
            statement.execute("create table one (id uuid primary key)");
            for (UUID id : ids) {
                statement.execute("insert into one values ('" + id + "')");
            }
            try (var rows = statement.executeQuery("select id from one order by id")) {
                while (rows.next()) {
                    inDatabase.add(rows.getObject(1, UUID.class));
                }
            }
        }
        List<UUID> inJava = ids.stream().sorted().toList();
        List<UUID> unsigned = ids.stream()
                .sorted(Comparator.comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
                        .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned))
                .toList();
        System.out.println("order by id:       " + inDatabase);
        System.out.println("UUID.compareTo:    " + inJava);
        System.out.println("unsigned halves:   " + unsigned);
        if (inJava.equals(inDatabase) || !unsigned.equals(inDatabase)) {
            System.exit(1);
        }
    }
}
JAVA
java -cp h2-2.3.232.jar Orders.java
