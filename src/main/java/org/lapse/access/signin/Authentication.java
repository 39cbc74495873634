package org.lapse.access.signin;

import java.time.Instant;
import org.lapse.organizations.authenticator.AuthenticationMethods;

/**
 * That somebody has proved who they are.
 *
 * @param at when; the {@code auth_time} of tokens
 * @param methods how; their {@code amr} and {@code acr}
 */
public record Authentication(Instant at, AuthenticationMethods methods) {}
