package dev.fettle.examples.reporeview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.Plugin;
import dev.fettle.api.execute.NodeRunner;
import dev.fettle.api.execute.ToolRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    @Test
    void usesExactlyTheRunnersThatAreRegistered() throws IOException {
        Set<String> used = new TreeSet<>();
        Pattern.compile("(?m)^ +runner: (\\S+)$")
                .matcher(Files.readString(Path.of("workflow.yaml")))
                .results()
                .forEach(match -> used.add(match.group(1)));

        Set<String> registered = new TreeSet<>();
        Stream.of(NodeRunner.class, ToolRunner.class)
                .forEach(type -> ServiceLoader.load(type).forEach(runner -> registered.add(((Plugin) runner).name())));

        assertThat(used).isEqualTo(registered).hasSizeGreaterThan(10);
    }

    @Test
    void reviewsFoldersThatAreThere() throws IOException {
        Set<String> folders = new TreeSet<>();
        Pattern.compile("\"folder\": \"([^\"]+)\"")
                .matcher(Files.readString(Path.of("inputs.jsonl")))
                .results()
                .forEach(match -> folders.add(match.group(1)));

        assertThat(folders).isNotEmpty().allSatisfy(folder -> assertThat(Path.of(folder))
                .isDirectory());
    }
}
