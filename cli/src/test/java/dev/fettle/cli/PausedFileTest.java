package dev.fettle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.execute.Pause;
import dev.fettle.core.optimize.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PausedFileTest {
    @TempDir
    Path folder;

    private static Pause pause(int step) {
        return new Pause(Map.of("step", step), List.of(new Pause.Question("ask", "Go on?", List.of("answer"))));
    }

    private Project project() throws Exception {
        Files.writeString(folder.resolve("workflow.yaml"), """
                version: 1
                id: asking
                inputs: []
                outputs: [answer]
                nodes:
                  - {id: ask, kind: human, prompt: "Go on?", reads: [], writes: [answer]}
                """);
        return Project.readDefinition(folder);
    }

    private PausedFile paused() throws Exception {
        PausedFile created = PausedFile.create(folder.resolve("paused"), project(), "run", pause(1));
        return PausedFile.read(created.file());
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("paused"))) {
            return files.toList();
        }
    }

    @Test
    void ofTwoResumesAtTheSameTimeOneGoesOn() throws Exception {
        PausedFile first = paused();
        PausedFile second = PausedFile.read(first.file());

        first.begin(false);

        assertThatThrownBy(() -> second.begin(false)).hasMessageContaining("has not ended");
        first.remove();
        assertThat(files()).isEmpty();
    }

    @Test
    void ofTwoThatDoItAgainOneGoesOn() throws Exception {
        PausedFile killed = paused();
        killed.begin(false);
        PausedFile first = PausedFile.read(killed.file());
        PausedFile second = PausedFile.read(killed.file());
        assertThatThrownBy(() -> first.begin(false)).hasMessageContaining("--again");

        first.begin(true);

        assertThatThrownBy(() -> second.begin(true)).hasMessageContaining("has not ended");
        first.remove();
        assertThat(files()).isEmpty();
    }

    /** The marks left have a gap: the first resume has ended, the second has not. */
    @Test
    void aResumeThatHasNotEndedIsSeenAlsoWhereAnEarlierOneHas() throws Exception {
        PausedFile first = paused();
        first.begin(false);
        PausedFile second = PausedFile.read(first.file());
        second.begin(true);

        first.end();

        PausedFile third = PausedFile.read(first.file());
        assertThatThrownBy(() -> third.begin(false)).hasMessageContaining("has not ended");
    }

    /** The mark of the first resume is free again when the one that was read before it takes it. */
    @Test
    void aResumeThatBeganMeanwhileIsSeenAlsoWhereAnEarlierOneHasEnded() throws Exception {
        PausedFile early = paused();
        PausedFile first = PausedFile.read(early.file());
        first.begin(false);
        PausedFile second = PausedFile.read(early.file());
        second.begin(true);
        first.end();

        assertThatThrownBy(() -> early.begin(false)).hasMessageContaining("has not ended");

        assertThat(PausedFile.read(early.file()).begun()).isEqualTo(2);
        second.end();
        assertThat(files()).containsExactly(early.file());
    }

    @Test
    void whatWasReadBeforeAnotherResumeEndedDoesNotGoOn() throws Exception {
        PausedFile first = paused();
        PausedFile second = PausedFile.read(first.file());
        PausedFile third = PausedFile.read(first.file());

        first.begin(false);
        PausedFile further = first.update(pause(2));

        assertThatThrownBy(() -> second.begin(false)).hasMessageContaining("ended meanwhile");
        PausedFile next = PausedFile.read(further.file());
        assertThat(next.content().checkpoint()).isEqualTo(Map.of("step", 2));
        next.begin(false);
        next.remove();
        assertThatThrownBy(() -> third.begin(false)).hasMessageContaining("the run has ended");
        assertThat(files()).isEmpty();
    }

    @Test
    void runsOfTheSameNameThatPauseAtTheSameTimeGetAFileEach() throws Exception {
        Project project = project();
        int many = 16;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Path>> pausing = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                Pause pause = pause(i);
                pausing.add(() -> PausedFile.create(folder.resolve("paused"), project, "run", pause)
                        .file());
            }
            Set<Path> made = new HashSet<>();
            for (Future<Path> one : threads.invokeAll(pausing)) {
                made.add(one.get());
            }

            assertThat(made).hasSize(many);
            Set<Object> steps = new HashSet<>();
            made.forEach(file ->
                    steps.add(PausedFile.read(file).content().checkpoint().get("step")));
            assertThat(steps).hasSize(many);
        } finally {
            threads.shutdownNow();
        }
    }
}
