package org.lapse.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/**
 * A class in a pure package uses its own package, the JDK, and nothing besides but what the plan of the house lists.
 */
final class StayPure extends ArchCondition<JavaClass> {

    private final String root;

    StayPure(String root) {
        super("use the JDK alone if they are in a pure package");
        this.root = root;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        String own = FollowThePlan.packageOf(origin, root).orElse("");
        Set<String> libraries = House.LIBRARIES_OF_PURE_PACKAGES.get(own);
        if (libraries == null) {
            return;
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass().getBaseComponentType();
            boolean pure = target.isPrimitive()
                    || target.getPackageName().startsWith("java.")
                    || FollowThePlan.packageOf(target, root).filter(own::equals).isPresent()
                    || libraries.contains(target.getPackageName());
            if (!pure) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }
}
