package org.lapse.platform.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The browser client is small, because every page of every application loads it. */
class ClientSizeTest {
    private static final Path CLIENT = Path.of("src/main/webapp/client");
    private static final int KIBIBYTE = 1024;

    @Test
    void clientHasAtMostSixKibibytesAndTwelveWithTheLockedScreen() throws IOException {
        int client = gzipped("lapse.js");

        assertThat(client).isLessThanOrEqualTo(6 * KIBIBYTE);
        assertThat(client + gzipped("lock.js")).isLessThanOrEqualTo(12 * KIBIBYTE);
    }

    @Test
    void scriptForFramesHasAtMostOneKibibyte() throws IOException {
        assertThat(Files.size(CLIENT.resolve("frame.js"))).isLessThanOrEqualTo(KIBIBYTE);
    }

    @Test
    void clientLoadsNothingButItsOwnParts() throws IOException {
        for (String file : new String[] {"lapse.js", "lock.js", "frame.js"}) {
            assertThat(Files.readString(CLIENT.resolve(file)))
                    .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(")
                    .doesNotContainPattern("import [^.(]*from|import\\('(?!\\./)");
        }
    }

    private static int gzipped(String file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(Files.readAllBytes(CLIENT.resolve(file)));
        }
        return bytes.size();
    }
}
