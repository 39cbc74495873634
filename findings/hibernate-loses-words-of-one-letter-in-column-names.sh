#!/bin/sh
# Hibernate ORM 6.6.56.Final with H2 2.3.232.
#
# CamelCaseToUnderscoresNamingStrategy puts an underscore only between a small letter and a capital that a small letter
# follows. So a word of one letter is lost: a field "failuresInARow" has the column failures_inarow, not
# failures_in_a_row, and a migration that is written by hand does not fit.
#
# Prints the columns; fails if they change. Needs Java 17 or later and Maven.
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
      <property name="hibernate.physical_naming_strategy"
                value="org.hibernate.boot.model.naming.CamelCaseToUnderscoresNamingStrategy"/>
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

    int failuresInARow;

    String endedAt;
}
JAVA
cat > "$work/src/main/java/Finding.java" <<'JAVA'
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;

public class Finding {
    public static void main(String[] arguments) {
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("finding");
        factory.createEntityManager()
                .createNativeQuery("select lower(column_name) from information_schema.columns"
                        + " where table_name = 'TICKET' or table_name = 'ticket' order by 1", String.class)
                .getResultList()
                .forEach(name -> System.out.println("column: " + name));
        factory.close();
    }
}
JAVA
(cd "$work" && mvn -q -ntp compile exec:java) > "$work/output" 2> "$work/log" || { cat "$work/log" "$work/output"; exit 1; }
grep '^column' "$work/output"
grep -qx 'column: ended_at' "$work/output"
grep -qx 'column: failures_inarow' "$work/output"
