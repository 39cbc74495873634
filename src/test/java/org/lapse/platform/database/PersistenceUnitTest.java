package org.lapse.platform.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Converter;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/**
 * {@code persistence.xml} must name its classes, because WildFly's archives cannot be searched by a Hibernate in the
 * WAR.
 */
class PersistenceUnitTest {

    @Test
    void persistenceUnitNamesEveryMappedClass() throws Exception {
        assertThat(namedClasses()).containsExactlyInAnyOrderElementsOf(mappedClasses());
    }

    private static List<String> namedClasses() throws Exception {
        try (InputStream xml = PersistenceUnitTest.class.getResourceAsStream("/META-INF/persistence.xml")) {
            NodeList classes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(xml)
                    .getElementsByTagName("class");
            return IntStream.range(0, classes.getLength())
                    .mapToObj(i -> classes.item(i).getTextContent().strip())
                    .toList();
        }
    }

    private static List<String> mappedClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.lapse").stream()
                        .filter(PersistenceUnitTest::isMapped)
                        .map(JavaClass::getName)
                        .toList();
    }

    private static boolean isMapped(JavaClass type) {
        return type.isAnnotatedWith(Entity.class)
                || type.isAnnotatedWith(Embeddable.class)
                || type.isAnnotatedWith(MappedSuperclass.class)
                || type.isAnnotatedWith(Converter.class);
    }
}
