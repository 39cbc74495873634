package org.lapse.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule can fail: it finds what was planted for it, in small houses of their own. */
class PlantedViolationsTest {

    private static final String PLANTED = "org.lapse.architecture.planted";
    private static final JavaClasses ALL_PLANTED = new ClassFileImporter().importPackages(PLANTED);

    @Test
    void anArrowThatRunsTheOtherWayIsFound() {
        assertThat(violations("arrows", Rules::arrowsRunOneWay))
                .anyMatch(line -> line.contains("session.SessionUsesOAuth") && line.contains("oauth.Endpoint"));
    }

    @Test
    void anArrowThatRunsTheRightWayIsNoViolation() {
        assertThat(violations("arrows", Rules::arrowsRunOneWay))
                .noneMatch(line -> line.contains("EndpointUsesSession"));
    }

    @Test
    void anArrowToAnArrayIsFound() {
        assertThat(violations("arrows", Rules::arrowsRunOneWay))
                .anyMatch(line -> line.contains("SessionUsesManyEndpoints"));
    }

    @Test
    void aPackageWithoutARowIsFound() {
        assertThat(violations("arrows", Rules::arrowsRunOneWay))
                .anyMatch(line -> line.contains("garage.Bicycle") && line.contains("no row"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout.UsesInject", "ledger.UsesAnnotations", "ledger.UsesSession", "clock.UsesScopes"})
    void aPurePackageThatUsesMoreThanTheJdkIsFound(String planted) {
        assertThat(violations("pure", Rules::purePackagesUseTheJdkAlone)).anyMatch(line -> line.contains(planted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock.IsABean", "session.UsesALibrary"})
    void whatIsAllowedBesidesTheJdkIsNoViolation(String planted) {
        assertThat(violations("pure", Rules::purePackagesUseTheJdkAlone)).noneMatch(line -> line.contains(planted));
    }

    @Test
    void aRoomOutsideOfItsWingIsFound() {
        assertThat(violations("arrows", Rules::arrowsRunOneWay))
                .anyMatch(line -> line.contains("access.ledger.InAnotherWing") && line.contains("no row"));
    }

    @Test
    void aCycleOfWingsIsFound() {
        assertThat(violations("wings", Rules::wingsAreFreeOfCycles))
                .anyMatch(line -> line.contains("api.UsesTheFloorAbove") && line.contains("timeout.UsesTheFloorBelow"));
    }

    @Test
    void anArrowToAHigherFloorIsFound() {
        assertThat(violations("wings", Rules::arrowsRunOneWay))
                .anyMatch(line -> line.contains("api.UsesTheFloorAbove"));
    }

    @Test
    void aCycleIsFound() {
        assertThat(violations("cycle", Rules::packagesAreFreeOfCycles))
                .anyMatch(line -> line.contains("directory.Chicken") && line.contains("settings.Egg"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "instant",
                "instantAsAFunction",
                "date",
                "dateOfAClock",
                "year",
                "millis",
                "nanos",
                "systemClock",
                "tickingClock",
                "systemSource",
                "oldDate",
                "oldDateAsAFunction"
            })
    void whoeverReadsTheClockIsFound(String method) {
        assertThat(violations("time", Rules::onlyTheClockReadsTheClock))
                .anyMatch(line -> line.contains("session.ReadsTheClock." + method + "()"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock.WallClock", "movedClock", "oldDateOfAMoment"})
    void theClockMayReadTheClockAndTheOthersMayHandleMoments(String planted) {
        assertThat(violations("time", Rules::onlyTheClockReadsTheClock)).noneMatch(line -> line.contains(planted));
    }

    @Test
    void aTimerThatMayThrowIsFound() {
        assertThat(violations("timers", Rules::timersSurviveEverything))
                .anyMatch(line -> line.contains("ThrowsNowAndThen.tick"))
                .noneMatch(line -> line.contains("RunsATask"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Impl", "Util", "Utils", "Helper", "Manager", "Dto", "Service", "Processor"})
    void aNameThatSaysAPatternIsFound(String ending) {
        assertThat(violations("names", Rules::namesSayWhatAClassIs))
                .anyMatch(line -> line.contains("Session" + ending + ">"));
    }

    @Test
    void aNameThatOnlyBeginsWithAPatternIsNoViolation() {
        assertThat(violations("names", Rules::namesSayWhatAClassIs)).noneMatch(line -> line.contains("ServiceHours"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"toOut", "toErr", "stackTrace"})
    void whoeverPrintsIsFound(String method) {
        assertThat(violations("prints", Rules::nothingIsPrinted))
                .anyMatch(line -> line.contains("session.Prints." + method + "("));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UsesTheOldDate", "UsesAnSqlDate"})
    void whoeverUsesTheOldDateIsFound(String planted) {
        assertThat(violations("dates", Rules::nobodyUsesTheOldDates)).anyMatch(line -> line.contains(planted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AsksTheDatabase", "AsksWhoAsksTheDatabase", "IsAResource"})
    void aGateThatMeetsTheDatabaseOrJaxRsIsFound(String planted) {
        assertThat(violations("hotpath", Rules::theGateMeetsNoDatabase)).anyMatch(line -> line.contains(planted));
    }

    @Test
    void aGateThatAsksTheLedgerIsNoViolation() {
        assertThat(violations("hotpath", Rules::theGateMeetsNoDatabase))
                .noneMatch(line -> line.contains("AsksTheLedger"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Locks.byFind", "Locks.byFindWithProperties", "Locks.byRefresh", "Locks.byLock"})
    void aLockOfAnEntityIsFound(String planted) {
        assertThat(violations("locks", Rules::onlyRowLocksLocksEntities)).anyMatch(line -> line.contains(planted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Locks.find", "Locks.byQuery"})
    void whatLocksNoEntityThatWasReadBeforeIsNoViolation(String planted) {
        assertThat(violations("locks", Rules::onlyRowLocksLocksEntities))
                .noneMatch(line -> line.contains(planted + "("));
    }

    @Test
    void aPackageWithoutAPageIsFound() {
        Path planted = sources("pages");

        assertThat(Pages.missingUnder(planted)).containsExactly(planted.resolve("empty"), planted.resolve("missing"));
    }

    @Test
    void aKeyThatIsReadInTwoPlacesIsFound() {
        assertThat(ConfigurationKeys.readTwice(sources("keys")))
                .containsExactly(Map.entry("lapse.issuer", List.of("ReadsTheIssuer.java", "ReadsTheIssuerToo.java")));
    }

    @Test
    void aKeyThatIsReadByHandIsFound() {
        assertThat(ConfigurationKeys.readByHand(sources("keys"))).containsExactly("ReadsByHand.java");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    directory | it does not say that it imports [api]
                    settings  | it does not import [api]
                    gate      | it imports no more than it names
                    oauth     | it does not say that it imports [api]
                    relogin   | it does not say that it imports [clock]
                    gax       | it says 0 times what it imports
                    audit     | it says in no form that is known what it imports: a few
                    oversight | it does not say that nobody imports it
                    presence  | it may use more than the JDK
                    activity  | somebody imports it
                    """)
    void aPageThatIsUntrueIsFound(String planted, String objection) {
        assertThat(untruePages()).contains(planted + ": " + objection);
    }

    @ParameterizedTest
    @ValueSource(strings = {"clock", "api", "session", "expiry", "openwork"})
    void aPageThatIsTrueIsNoViolation(String planted) {
        assertThat(untruePages()).isNotEmpty().noneMatch(line -> line.startsWith(planted + ":"));
    }

    private static List<String> untruePages() {
        return new ImportSentences(classes("imports"), rootOf("imports")).untrueUnder(sources("imports"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NamesAnEntity",
                "NamesAnEntityInAList",
                "NamesAnEntityInPieces",
                "NamesAnEntityInABlock",
                "NamesATable",
                "NamesAClass"
            })
    void aTextThatNamesAClassOfAPackageAboveIsFound(String planted) {
        assertThat(namesInQueries())
                .anyMatch(
                        line -> line.contains("session." + planted + " names ") && line.contains("oauth.RefreshToken"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NamesItsOwn", "NamesOneBelow", "SpeaksOfAnother"})
    void aTextThatNamesNobodyAboveIsNoViolation(String planted) {
        assertThat(namesInQueries()).isNotEmpty().noneMatch(line -> line.contains(planted));
    }

    private static List<String> namesInQueries() {
        return new NamesInQueries(classes("queries"), rootOf("queries")).forbiddenUnder(sources("queries"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IsTheSame", "IsAnother", "IsEqual", "IsOneOf", "Switches", "IsInAQuery"})
    void whoeverAsksWhichReasonItWasIsFound(String planted) {
        assertThat(comparedReasons()).anyMatch(line -> line.contains(planted));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AsksTheReason", "EndsForAReason", "Sessions has"})
    void whoeverAsksTheReasonWhatItMeansIsNoViolation(String planted) {
        assertThat(comparedReasons()).isNotEmpty().noneMatch(line -> line.contains(planted));
    }

    private static List<String> comparedReasons() {
        return ComparedReasons.in(classes("reasons"), sources("reasons"));
    }

    private static String rootOf(String house) {
        return PLANTED + "." + house;
    }

    private static Path sources(String house) {
        return Path.of("src/test/java", PLANTED.split("\\.")).resolve(house);
    }

    private static JavaClasses classes(String house) {
        return ALL_PLANTED.that(resideInAPackage(rootOf(house) + ".."));
    }

    private static List<String> violations(String house, Function<Rules, ArchRule> rule) {
        return rule.apply(new Rules(rootOf(house)))
                .evaluate(classes(house))
                .getFailureReport()
                .getDetails();
    }
}
