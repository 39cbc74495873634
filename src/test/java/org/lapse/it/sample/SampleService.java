package org.lapse.it.sample;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.auth.LoginConfig;

/** The sample service; {@code /sample/who} says who calls. */
@ApplicationScoped // Payara turns MicroProfile JWT on only where @LoginConfig stands on a bean
@ApplicationPath("/")
@LoginConfig(authMethod = "MP-JWT")
public class SampleService extends Application {}
