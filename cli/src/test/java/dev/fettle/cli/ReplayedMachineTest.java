package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.core.definition.ConfigurationReader;
import dev.fettle.core.estimate.ReplaySettings;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Estimates reckon with the machine and the executor that will run the plan. */
class ReplayedMachineTest {
    @TempDir
    Path folder;

    private ReplaySettings replayed(String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve("fettle.yaml"), configuration);
        return WorkflowOptimizer.create(ConfigurationReader.read(file)).replaySettings();
    }

    @Test
    void asManyMembersRunAtOnceAsTheExecutorIsSetTo() throws IOException {
        assertThat(replayed("search: {concurrency: 2}\nexecutors: {langgraph4j: {maxConcurrency: 8}}\n"))
                .isEqualTo(ReplaySettings.of(2, 8));
    }

    @Test
    void withoutThatSettingAsManyAsThereAreProcessors() throws IOException {
        assertThat(replayed("search: {concurrency: 3}\n")).isEqualTo(ReplaySettings.of(3, 3));
    }
}
