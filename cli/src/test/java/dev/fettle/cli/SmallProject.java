package dev.fettle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project of commands and the offline model: one reads, one has an effect that leaves a line in a file. */
final class SmallProject {
    private SmallProject() {}

    /** @param pairs of its dry runs */
    static Path create(Path folder, int pairs) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("workflow.yaml"), """
                # the original
                version: 1
                id: notify
                inputs: [name]
                outputs: [receipt, summary]
                nodes:
                  - id: greet
                    kind: command
                    command: [sh, -c, 'cat > /dev/null; echo "{\\"greeting\\": \\"Hello. Hello again.\\"}"']
                    environment: [PATH]
                    reads: [name]
                    writes: [greeting]
                    effects: none
                  - {id: summarize, kind: agent, model: fettle-extractive, prompt: "Summarize: {greeting}", reads: [greeting],
                     writes: [summary], effects: none}
                  - id: send
                    kind: command
                    command: [sh, -c, 'cat > /dev/null; sleep 0.2; echo sent >> sent.txt; echo "{\\"receipt\\": 7}"']
                    environment: [PATH]
                    reads: [greeting, name]
                    writes: [receipt]
                    effects: external
                """);
        Files.writeString(folder.resolve("inputs.jsonl"), "{\"name\": \"anna\"}\n{\"name\": \"bert\"}\n");
        Files.writeString(folder.resolve("fettle.yaml"), "validation: {pairs: " + pairs + ", warmUp: 1}\n");
        return folder;
    }

    /** Another version, in which two nodes run at the same time. */
    static Path candidate(Path project) throws IOException {
        String original = Files.readString(project.resolve("workflow.yaml"));
        Path file = project.resolve("candidate.yaml");
        Files.writeString(
                file, original.replace("# the original", "# the candidate").replace("sleep 0.2; ", ""));
        return file;
    }

    static long sent(Path project) throws IOException {
        Path file = project.resolve("sent.txt");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }
}
