package org.lapse.it.sample;

import java.net.URI;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The sample service as a WAR. It trusts a Lapse by its address alone: the issuer, and the key set that the issuer
 * publishes. It stays out of WildFly's {@code /openapi}, which is one document for all deployments.
 */
public final class SampleArchive {
    private SampleArchive() {}

    /**
     * Writes the WAR that trusts the Lapse at the given address, which has no slash at its end. It keeps out of {@code
     * /openapi}, which is the server's and not the application's.
     */
    public static void write(Path file, URI lapse) {
        ShrinkWrap.create(WebArchive.class, file.getFileName().toString())
                .addClasses(SampleService.class, WhoResource.class)
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsResource(new StringAsset(configuration(lapse)), "META-INF/microprofile-config.properties")
                .as(ZipExporter.class)
                .exportTo(file.toFile(), true);
    }

    private static String configuration(URI lapse) {
        return """
                mp.jwt.verify.publickey.location=%1$s/oauth/jwks
                mp.jwt.verify.issuer=%1$s
                mp.jwt.verify.audiences=%1$s
                mp.openapi.scan.disable=true
                mp.openapi.extensions.enabled=false
                """.formatted(lapse);
    }
}
