package org.lapse.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL that hangs as long as this is open: all its processes are stopped. It refuses nobody, and answers
 * nobody; after that it goes on as if nothing had been.
 */
final class HangingPostgres implements AutoCloseable {
    private final List<Long> processes;

    private HangingPostgres(List<Long> processes) {
        this.processes = processes;
        signal("STOP");
    }

    /** Stops the one whose data is in that directory. */
    static HangingPostgres in(Path data) throws IOException {
        long first = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle postmaster = ProcessHandle.of(first).orElseThrow();
        return new HangingPostgres(Stream.concat(Stream.of(postmaster), postmaster.descendants())
                .map(ProcessHandle::pid)
                .toList());
    }

    /** Lets it go on. */
    @Override
    public void close() {
        signal("CONT");
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", signal));
        processes.forEach(process -> command.add(String.valueOf(process)));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
