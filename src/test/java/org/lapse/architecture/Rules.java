package org.lapse.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Timeout;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;

/**
 * The rules of the house, for the packages under a root: {@code org.lapse}, or a place where violations have been
 * planted to show that a rule can fail.
 */
final class Rules {

    private static final String SAYS_A_PATTERN = ".*(Impl|Util|Utils|Helper|Manager|Dto|Service|Processor)";

    private static final Set<String> OLD_DATES =
            Set.of("java.util.Date", "java.util.Calendar", "java.sql.Date", "java.sql.Time", "java.sql.Timestamp");

    private static final Set<String> OF_THE_DATABASE =
            Set.of("jakarta.persistence", "jakarta.transaction", "java.sql", "javax.sql", "org.hibernate");

    private final String root;

    Rules(String root) {
        this.root = root;
    }

    /** A package uses of ours only what its row in the plan allows, and every package has a row. */
    ArchRule arrowsRunOneWay() {
        return classes().that().resideInAPackage(root + "..").should(new FollowThePlan(root));
    }

    /** What is pure can be read, tested and used without any server. */
    ArchRule purePackagesUseTheJdkAlone() {
        return classes().that().resideInAPackage(root + "..").should(new StayPure(root));
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().matching(root + ".(*).(*)..").should().beFreeOfCycles();
    }

    ArchRule wingsAreFreeOfCycles() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Everything else takes the present moment as a parameter, so that tests move the clock instead of waiting. */
    ArchRule onlyTheClockReadsTheClock() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".platform.clock..")
                .should()
                .accessTargetWhere(describe("it reads the clock", Rules::readsTheClock));
    }

    /** A server gives up a timer whose method has thrown: {@code RecurringTask} lets nothing out. */
    ArchRule timersSurviveEverything() {
        return methods().that().areAnnotatedWith(Timeout.class).should(new ArchCondition<>("only run a RecurringTask") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean runsATask = method.getMethodCallsFromSelf().stream()
                        .anyMatch(
                                call -> call.getTargetOwner().getName().equals("org.lapse.platform.timer.RecurringTask")
                                        && call.getName().equals("run"));
                if (!runsATask) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " does its work outside of a RecurringTask"));
                }
            }
        });
    }

    /** Hibernate locks the row of an entity that was read before and keeps what was read: one place reads it again. */
    ArchRule onlyRowLocksLocksEntities() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.lapse.platform.database.RowLocks")
                .should()
                .accessTargetWhere(describe("it locks an entity", Rules::locksAnEntity));
    }

    private static boolean locksAnEntity(JavaAccess<?> access) {
        return access.getTargetOwner().isAssignableTo(EntityManager.class)
                && (access.getTarget().getName().equals("lock")
                        || (access.getTarget() instanceof CodeUnitAccessTarget called
                                && called.getRawParameterTypes().stream()
                                        .anyMatch(type -> type.isEquivalentTo(LockModeType.class))));
    }

    /** Such an ending says which pattern a class follows, not what it is. */
    ArchRule namesSayWhatAClassIs() {
        return noClasses().should().haveNameMatching(SAYS_A_PATTERN);
    }

    ArchRule nothingIsPrinted() {
        return noClasses().should(ACCESS_STANDARD_STREAMS);
    }

    /** A {@code java.util.Date} can be changed by anybody who gets it; an {@link java.time.Instant} cannot. */
    ArchRule nobodyUsesTheOldDates() {
        return noClasses()
                .that(describe("do not have to", one -> !House.MEET_THE_OLD_DATE.contains(one.getName())))
                .should()
                .dependOnClassesThat(describe("are old dates", one -> OLD_DATES.contains(one.getName())));
    }

    /**
     * The gate is asked for every call of every service: it uses neither the database nor who directly does, nor
     * JAX-RS.
     */
    ArchRule theGateMeetsNoDatabase() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".access.gate..")
                .should()
                .dependOnClassesThat(describe(
                        "are the database's or JAX-RS's, or use the database",
                        one -> isSlow(one)
                                || (one.getPackageName().startsWith(root)
                                        && one.getDirectDependenciesFromSelf().stream()
                                                .anyMatch(
                                                        dependency -> isOfTheDatabase(dependency.getTargetClass())))));
    }

    private static boolean isSlow(JavaClass one) {
        return isOfTheDatabase(one) || one.getPackageName().startsWith("jakarta.ws.rs");
    }

    private static boolean isOfTheDatabase(JavaClass one) {
        return OF_THE_DATABASE.stream().anyMatch(one.getPackageName()::startsWith);
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String member = access.getTarget().getName();
        return switch (owner.getName()) {
            case "java.lang.System" -> member.equals("currentTimeMillis") || member.equals("nanoTime");
            case "java.util.Date" -> access.getTarget().getFullName().endsWith("<init>()");
            default -> owner.getPackageName().startsWith("java.time") && readsTheClock(owner, member);
        };
    }

    private static boolean readsTheClock(JavaClass owner, String member) {
        boolean makesClocks = owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class);
        return member.equals("now") || (makesClocks && (member.startsWith("system") || member.startsWith("tick")));
    }
}
