#!/bin/sh
# Hibernate ORM 6.6.56.Final with H2 2.3.232.
#
# EntityManager.find with LockModeType.PESSIMISTIC_WRITE, for an entity that is managed already and has no @Version: Hibernate
# sends a "select ... for update" that reads the key alone, and answers the object as it was read before. What others have
# committed in between is not seen, though the row is locked now. A change of that object then writes back all its columns,
# and takes the others' change away. refresh with the same lock mode reads the row anew.
#
# Prints what find and refresh answer; fails if that changes. Needs Java 17 or later and Maven.
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
import jakarta.persistence.LockModeType;
import jakarta.persistence.Persistence;

public class Finding {
    public static void main(String[] arguments) {
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("finding");
        change(factory, entities -> entities.persist(new Ticket()));
        EntityManager first = factory.createEntityManager();
        first.getTransaction().begin();
        first.find(Ticket.class, 1);
        change(factory, entities -> entities.find(Ticket.class, 1).state = "closed");
        System.out.println("find with the lock: " + first.find(Ticket.class, 1, LockModeType.PESSIMISTIC_WRITE).state);
        Ticket ticket = first.find(Ticket.class, 1);
        first.refresh(ticket, LockModeType.PESSIMISTIC_WRITE);
        System.out.println("refresh with the lock: " + ticket.state);
        first.getTransaction().rollback();
        factory.close();
    }

    private static void change(EntityManagerFactory factory, java.util.function.Consumer<EntityManager> work) {
        EntityManager entities = factory.createEntityManager();
        entities.getTransaction().begin();
        work.accept(entities);
        entities.getTransaction().commit();
        entities.close();
    }
}
JAVA
(cd "$work" && mvn -q -ntp compile exec:java) > "$work/output" 2> "$work/log" || { cat "$work/log" "$work/output"; exit 1; }
grep '^find\|^refresh' "$work/output"
grep -qx 'find with the lock: open' "$work/output"
grep -qx 'refresh with the lock: closed' "$work/output"
