package org.lapse.sessions.nodes;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Lapse that runs, as its build says. */
final class LapseVersion {
    /** That version, such as {@code 1.0.0}. */
    static final String PRESENT = read();

    private LapseVersion() {}

    private static String read() {
        Properties build = new Properties();
        try (InputStream in = LapseVersion.class.getResourceAsStream("build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version");
    }
}
