package org.lapse.concurrency;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.lapse.middle.LapseInJavaSE;
import org.lapse.organizations.application.ApplicationChange;
import org.lapse.organizations.application.ApplicationsResource;
import org.lapse.organizations.application.OAuthClientChange;
import org.lapse.organizations.application.OAuthClientsResource;
import org.lapse.organizations.directory.Organizations;
import org.lapse.organizations.settings.IdleTokenTimeout;
import org.lapse.organizations.settings.TimeoutResource;
import org.lapse.platform.api.Caller;
import org.lapse.platform.api.Permission;
import org.lapse.sessions.session.Agreement;

/** What the scenes of one Lapse share: its organization, an administrator, and two applications. */
final class World {
    /** What the scenes need: everything lapses and expires in little time, which the clock is put forward. */
    static final String TIMEOUT_MINIMUM = "lapse.timeout.minimum=PT1S";

    static final String CODE_LIFETIME = "lapse.code.lifetime=PT10H";
    static final String REFRESH_LIFETIME = "lapse.refresh.lifetime=PT2H";

    /** How many sessions a user may have in an application: more than open in a scene where none makes room. */
    static final int MOST_SESSIONS = 5;

    static final String SESSION_LIMIT = "lapse.limit.sessions-of-user-in-application=" + MOST_SESSIONS;

    /** How long access tokens live: the shortest that a client may have. */
    static final int TOKEN_SECONDS = 300;

    static final String PASSWORD = "a password";

    /** As cheap as a hash can be: this is not about hashing. */
    static final String PASSWORD_HASH = Password.hash(PASSWORD)
            .addRandomSalt(16)
            .with(Argon2Function.getInstance(8, 1, 1, 32, Argon2.ID))
            .getResult();

    private final LapseInJavaSE lapse;
    private final UUID organizationId;
    private final SecurityContext administrator;
    private final Agreement agreement;
    private final String endingApplication;
    private final String lockingApplication;
    private boolean timeoutChanged;

    World(LapseInJavaSE lapse) {
        this.lapse = lapse;
        this.organizationId = lapse.get(Organizations.class)
                .findByDomain("demo")
                .orElseThrow()
                .id();
        Caller caller = new Caller(organizationId, "demo-service", null, "demo-service", Permission.all(), "a token");
        this.administrator = stub(SecurityContext.class, Map.of("getUserPrincipal", caller));
        this.agreement = new Agreement(lapse);
        this.endingApplication = newApplication(false);
        this.lockingApplication = newApplication(true);
    }

    @SuppressWarnings("unchecked")
    static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return (T) Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName()));
    }

    LapseInJavaSE lapse() {
        return lapse;
    }

    UUID organizationId() {
        return organizationId;
    }

    /** An application on its own that may do everything. */
    SecurityContext administrator() {
        return administrator;
    }

    Agreement agreement() {
        return agreement;
    }

    /** An application whose sessions inactivity locks, or ends; all scenes share it. */
    String application(boolean locks) {
        return locks ? lockingApplication : endingApplication;
    }

    /** The same for one scene alone. */
    String newApplication(boolean locks) {
        return request(() -> makeApplication(locks));
    }

    private String makeApplication(boolean locks) {
        String id = lapse.get(OAuthClientsResource.class)
                .create(
                        new OAuthClientChange(
                                UUID.randomUUID().toString(),
                                null,
                                TOKEN_SECONDS,
                                List.of("https://desk.example/"),
                                null,
                                null,
                                null,
                                "CODE",
                                null,
                                true,
                                null,
                                null,
                                null,
                                null),
                        administrator)
                .id();
        if (locks) {
            lapse.get(ApplicationsResource.class)
                    .put(
                            id,
                            new ApplicationChange(
                                    null, null, null, null, Map.of("security", Map.of("on-inactivity", "lock")), null),
                            administrator);
        }
        return id;
    }

    /** Has sessions of the organization lapse after so many seconds. */
    void setTimeout(int seconds) {
        timeoutChanged = true;
        changeTimeout(new IdleTokenTimeout(true, seconds, null, null, null));
    }

    /** Has no session of the organization lapse. */
    void clearTimeout() {
        if (timeoutChanged) {
            changeTimeout(new IdleTokenTimeout(false, null, null, null, null));
            timeoutChanged = false;
        }
    }

    private void changeTimeout(IdleTokenTimeout change) {
        request(() -> lapse.get(TimeoutResource.class)
                .put(change, null, administrator, stub(HttpServletResponse.class, Map.of())));
    }

    /** What a request answers: the interceptor that records activity wants to know whose it is. */
    <T> T request(Supplier<T> call) {
        AtomicReference<T> answer = new AtomicReference<>();
        lapse.inRequest(() -> answer.set(call.get()));
        return Objects.requireNonNull(answer.get());
    }
}
