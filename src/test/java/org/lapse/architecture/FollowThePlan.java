package org.lapse.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.Set;

/** A class is in a package that the plan of the house knows, and uses only the packages that its row allows. */
final class FollowThePlan extends ArchCondition<JavaClass> {

    private final String root;

    FollowThePlan(String root) {
        super("use only the packages that the plan of the house allows");
        this.root = root;
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        String from = packageOf(origin, root).orElse("");
        if (House.WINGS.containsKey(from) && origin.getSimpleName().equals("package-info")) {
            return; // the page of a wing
        }
        Set<String> allowed = House.MAY_USE.get(from);
        if (allowed == null) {
            events.add(SimpleConditionEvent.violated(
                    origin, origin.getDescription() + " is in a package that has no row in the plan"));
            return;
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            packageOf(dependency.getTargetClass().getBaseComponentType(), root)
                    .filter(to -> !to.equals(from) && !allowed.contains(to))
                    .ifPresent(
                            to -> events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription())));
        }
    }

    /** The part of a class's package that follows the root; empty if it is not under the root. */
    static Optional<String> packageOf(JavaClass one, String root) {
        return packageOf(one.getPackageName(), root);
    }

    /** By which name the plan knows a package: what follows the root; empty if it is not under the root. */
    static Optional<String> packageOf(String name, String root) {
        if (!name.startsWith(root + ".")) {
            return Optional.empty();
        }
        return Optional.of(House.roomOf(name.substring(root.length() + 1)));
    }
}
