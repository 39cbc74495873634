#!/bin/sh
# Hibernate ORM 6.6.56.Final with H2 2.3.232.
#
# A query that selects count(x) into a record with a component "long", by createQuery(jpql, Record.class) without "select
# new": the query is accepted when it is made, and throws when it runs, because Hibernate looks for a constructor that takes
# Long and does not unbox. With a component "Long" the same query answers. With "select new Record(...)" both work.
#
# Prints what each of the four does; fails if that changes. Needs Java 17 or later and Maven.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/src/main/java" "$work/src/main/resources/META-INF"
cat > "$work/pom.xml" <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.source>17</maven.compiler.source>
    <maven.compiler.target>17</maven.compiler.target>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency>
      <groupId>org.hibernate.orm</groupId>
      <artifactId>hibernate-core</artifactId>
      <version>6.6.56.Final</version>
    </dependency>
    <dependency>
      <groupId>com.h2database</groupId>
      <artifactId>h2</artifactId>
      <version>2.3.232</version>
    </dependency>
  </dependencies>
  <build>
    <plugins>
      <plugin>
        <groupId>org.codehaus.mojo</groupId>
        <artifactId>exec-maven-plugin</artifactId>
        <version>3.6.2</version>
        <configuration>
          <mainClass>Finding</mainClass>
        </configuration>
      </plugin>
    </plugins>
  </build>
</project>
POM
cat > "$work/src/main/resources/META-INF/persistence.xml" <<'XML'
<persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
  <persistence-unit name="finding">
    <class>Ticket</class>
    <properties>
      <property name="jakarta.persistence.jdbc.url" value="jdbc:h2:mem:finding;DB_CLOSE_DELAY=-1"/>
      <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
    </properties>
  </persistence-unit>
</persistence>
XML
cat > "$work/src/main/java/Ticket.java" <<'JAVA'
import jakarta.persistence.Entity;
import jakarta.persistence.Id;

@Entity
public class Ticket {
    @Id
    int id = 1;

    String state = "open";
}
JAVA
cat > "$work/src/main/java/Finding.java" <<'JAVA'
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;

public class Finding {
    public record Primitive(long count, String last) {}

    public record Boxed(Long count, String last) {}

    public static void main(String[] arguments) {
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("finding");
        EntityManager entities = factory.createEntityManager();
        String columns = "count(t), max(t.state)";
        ask(entities, "long", "select " + columns + " from Ticket t", Primitive.class);
        ask(entities, "Long", "select " + columns + " from Ticket t", Boxed.class);
        ask(entities, "new with long", "select new Finding$Primitive(" + columns + ") from Ticket t", Primitive.class);
        ask(entities, "new with Long", "select new Finding$Boxed(" + columns + ") from Ticket t", Boxed.class);
        factory.close();
    }

    private static void ask(EntityManager entities, String name, String query, Class<?> type) {
        String answer;
        try {
            answer = entities.createQuery(query, type).getSingleResult().getClass().getSimpleName();
        } catch (RuntimeException e) {
            answer = "throws";
        }
        System.out.println("result: " + name + ": " + answer);
    }
}
JAVA
(cd "$work" && mvn -q -ntp compile exec:java) > "$work/output" 2> "$work/log" || { cat "$work/log" "$work/output"; exit 1; }
grep '^result' "$work/output"
grep -qx 'result: long: throws' "$work/output"
grep -qx 'result: Long: Boxed' "$work/output"
grep -qx 'result: new with long: Primitive' "$work/output"
grep -qx 'result: new with Long: Boxed' "$work/output"
