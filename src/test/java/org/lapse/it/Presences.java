package org.lapse.it;

import java.util.Map;

/** What users show to others, as their clients set it and as others see it. */
final class Presences {
    private static final Map<String, String> IDS = Map.of(
            "Available", "6a3af858-942f-489d-9700-5f9bcdcdae9b",
            "Away", "5e5c5c66-ea97-4e7f-ac41-6424784829f2",
            "Break", "227b37e2-f1d0-4dd0-8f50-badd7cf6d158",
            "Busy", "31fe3bac-dea6-44b7-bed7-47f91660a1a0",
            "Meal", "3fd96123-badb-4f69-bc03-1b1ccc6d8014",
            "On Queue", "e08eaf1b-ee47-4fa9-a231-1200e284798f");

    private Presences() {}

    static String path(TokenHolder user) {
        return "/api/v2/users/" + user.userId() + "/presences/purecloud";
    }

    /** The body that chooses a presence. */
    static String definition(String presence) {
        return "{\"presenceDefinition\":{\"id\":\"" + IDS.get(presence) + "\"}}";
    }

    static Answer choose(TokenHolder user, String presence) {
        return user.call("PATCH", path(user), definition(presence));
    }

    static Answer route(TokenHolder user, String status) {
        return user.put("/api/v2/users/" + user.userId() + "/routingstatus", "{\"status\":\"" + status + "\"}");
    }

    /** Presence and routing status, such as {@code On Queue, IDLE}, as others see them: the user may be gone. */
    static String of(TokenHolder user) {
        TokenHolder other = user.lapse().service();
        return other.get(path(user))
                        .expect(200)
                        .json()
                        .required("presenceDefinition")
                        .required("systemPresence")
                        .asText()
                + ", "
                + other.get("/api/v2/users/" + user.userId() + "/routingstatus")
                        .expect(200)
                        .json()
                        .required("status")
                        .asText();
    }
}
