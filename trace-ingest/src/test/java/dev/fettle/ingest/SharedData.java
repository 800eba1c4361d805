package dev.fettle.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Recorded traces that lie beside the project on some machines. */
final class SharedData {
    private SharedData() {}

    /** A folder or file of the data; the test is skipped where it is absent. */
    static Path path(String name) {
        Path path = Path.of(System.getProperty("fettle.root", ".."), "..", "shared", "data", name);
        assumeTrue(Files.exists(path), () -> "skipped: the data is absent (" + path + ")");
        return path;
    }
}
