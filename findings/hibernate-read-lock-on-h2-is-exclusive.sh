#!/bin/sh
# Hibernate ORM 6.6.56.Final with H2 2.3.232.
#
# Two transactions take LockModeType.PESSIMISTIC_READ on the same row, which JPA calls a shared lock. H2 has no shared row
# lock, so Hibernate sends "for update": the second waits for the first and fails when H2's lock timeout is over. On
# PostgreSQL the same code sends "for share", and both go on. Nothing warns that the lock is another one.
#
# Prints what becomes of the second; fails if that changes. Needs Java 17 or later and Maven.
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
      <property name="jakarta.persistence.jdbc.url" value="jdbc:h2:mem:finding;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=500"/>
      <property name="hibernate.show_sql" value="true"/>
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
import jakarta.persistence.LockModeType;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.Persistence;
import jakarta.persistence.PessimisticLockException;

public class Finding {
    public static void main(String[] arguments) {
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("finding");
        EntityManager writer = begin(factory);
        writer.persist(new Ticket());
        writer.getTransaction().commit();
        EntityManager first = begin(factory);
        first.find(Ticket.class, 1, LockModeType.PESSIMISTIC_READ);
        EntityManager second = begin(factory);
        try {
            second.find(Ticket.class, 1, LockModeType.PESSIMISTIC_READ);
            System.out.println("second reader: has the lock too");
        } catch (LockTimeoutException | PessimisticLockException e) {
            System.out.println("second reader: waits in vain");
        }
        first.getTransaction().rollback();
        factory.close();
    }

    private static EntityManager begin(EntityManagerFactory factory) {
        EntityManager entities = factory.createEntityManager();
        entities.getTransaction().begin();
        return entities;
    }
}
JAVA
(cd "$work" && mvn -q -ntp compile exec:java) > "$work/output" 2> "$work/log" || { cat "$work/log" "$work/output"; exit 1; }
grep '^Hibernate.*for update\|^second' "$work/output"
grep -qx 'second reader: waits in vain' "$work/output"
