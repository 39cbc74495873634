package org.lapse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules hold for the house as it is. */
class ArchitectureTest {

    private static final String ROOT = "org.lapse";
    private static final Path SOURCES = Path.of("src/main/java/org/lapse");
    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private final Rules rules = new Rules(ROOT);

    @Test
    void arrowsRunOneWay() {
        rules.arrowsRunOneWay().check(HOUSE);
    }

    @Test
    void purePackagesUseTheJdkAlone() {
        rules.purePackagesUseTheJdkAlone().check(HOUSE);
    }

    @Test
    void packagesAreFreeOfCycles() {
        rules.packagesAreFreeOfCycles().check(HOUSE);
    }

    @Test
    void wingsAreFreeOfCycles() {
        rules.wingsAreFreeOfCycles().check(HOUSE);
    }

    /** Anybody who is new here reads seven pages first. */
    @Test
    void everyWingHasAPage() {
        assertThat(House.WINGS.keySet())
                .allSatisfy(wing -> assertThat(SOURCES.resolve(wing).resolve("package-info.java"))
                        .content()
                        .contains("/**"));
    }

    @Test
    void onlyTheClockReadsTheClock() {
        rules.onlyTheClockReadsTheClock().check(HOUSE);
    }

    @Test
    void onlyRowLocksLocksEntities() {
        rules.onlyRowLocksLocksEntities().check(HOUSE);
    }

    @Test
    void timersSurviveEverything() {
        rules.timersSurviveEverything().check(HOUSE);
    }

    @Test
    void namesSayWhatAClassIs() {
        rules.namesSayWhatAClassIs().check(HOUSE);
    }

    @Test
    void nothingIsPrinted() {
        rules.nothingIsPrinted().check(HOUSE);
    }

    @Test
    void nobodyUsesTheOldDates() {
        rules.nobodyUsesTheOldDates().check(HOUSE);
    }

    @Test
    void theGateMeetsNoDatabase() {
        rules.theGateMeetsNoDatabase().check(HOUSE);
    }

    /** What is read in two places has two defaults one day. */
    @Test
    void everyKeyOfTheConfigurationIsReadInOnePlace() {
        assertThat(ConfigurationKeys.readTwice(SOURCES)).isEmpty();
        assertThat(ConfigurationKeys.readByHand(SOURCES)).isEmpty();
    }

    @Test
    void everyPackageSaysWhichQuestionItAnswers() {
        assertThat(Pages.missingUnder(SOURCES)).isEmpty();
    }

    @Test
    void pagesOfPackagesTellTheTruthAboutWhatTheyImport() {
        assertThat(new ImportSentences(HOUSE, ROOT).untrueUnder(SOURCES)).isEmpty();
    }

    @Test
    void textsNameNoClassOfAPackageAbove() {
        assertThat(new NamesInQueries(HOUSE, ROOT).forbiddenUnder(SOURCES)).isEmpty();
    }

    @Test
    void nobodyAsksWhichReasonItWas() {
        assertThat(ComparedReasons.in(HOUSE, SOURCES)).isEmpty();
    }

    @Test
    void everyExemptionIsStillNeeded() {
        assertThat(House.MEET_THE_OLD_DATE)
                .allSatisfy(name -> assertThat(HOUSE.get(name).getDirectDependenciesFromSelf())
                        .extracting(dependency -> dependency.getTargetClass().getName())
                        .contains("java.util.Date"));
    }
}
