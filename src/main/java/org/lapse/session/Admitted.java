package org.lapse.session;

import java.util.Optional;
import org.lapse.directory.Person;

/**
 * Whose session may be opened or go on, while the application and the user are locked.
 *
 * @param grant the grant as it holds now
 * @param person the user; empty for an application on its own
 */
public record Admitted(Grant grant, Optional<Person> person) {}
