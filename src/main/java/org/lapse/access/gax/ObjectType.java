package org.lapse.access.gax;

import java.util.Arrays;
import java.util.Optional;

/** The types of configuration objects that there are here, by the Framework's names. */
enum ObjectType {
    /** An application; object type 9, in folder 102. */
    APPLICATION("CfgApplication", "102"),
    /** An application template; object type 20, in folder 101. */
    TEMPLATE("CfgAppPrototype", "101");

    private final String wireName;
    private final String folder;

    ObjectType(String wireName, String folder) {
        this.wireName = wireName;
        this.folder = folder;
    }

    String wireName() {
        return wireName;
    }

    /** The dbid of the folder in which all objects of this type are. */
    String folder() {
        return folder;
    }

    static Optional<ObjectType> named(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
