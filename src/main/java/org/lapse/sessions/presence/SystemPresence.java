package org.lapse.sessions.presence;

import java.util.Arrays;
import java.util.Optional;

/** The presences that there are; their ids are the same in every organization, as the vendor's are. */
enum SystemPresence {
    AVAILABLE("6a3af858-942f-489d-9700-5f9bcdcdae9b", "Available"),
    AWAY("5e5c5c66-ea97-4e7f-ac41-6424784829f2", "Away"),
    BREAK("227b37e2-f1d0-4dd0-8f50-badd7cf6d158", "Break"),
    BUSY("31fe3bac-dea6-44b7-bed7-47f91660a1a0", "Busy"),
    MEAL("3fd96123-badb-4f69-bc03-1b1ccc6d8014", "Meal"),
    OFFLINE("ccf3c10a-aa2c-4845-8e8d-f59fa48c58e5", "Offline"),
    ON_QUEUE("e08eaf1b-ee47-4fa9-a231-1200e284798f", "On Queue");

    private final String id;
    private final String wireName;

    SystemPresence(String id, String wireName) {
        this.id = id;
        this.wireName = wireName;
    }

    /** The presence of that id. */
    static Optional<SystemPresence> find(String id) {
        return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    /** The vendor's name for it, such as {@code On Queue}. */
    String wireName() {
        return wireName;
    }

    /** Where its definition is. */
    String definitionUri() {
        return PresenceDefinitionsResource.PATH + "/" + id;
    }
}
