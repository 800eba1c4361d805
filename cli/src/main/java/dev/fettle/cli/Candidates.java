package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.record.RecordingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Other versions of a project's workflow, and the inputs of a recording to run them on. */
final class Candidates {
    private Candidates() {}

    static Workflow read(String file) {
        return WorkflowReader.read(existing(file, "the definition of a workflow"));
    }

    static Recording recording(String file, Project project) {
        Recording recording = RecordingReader.read(
                existing(file, "a recording, as 'fettle record' writes it"),
                project.configuration().recording());
        if (recording.runs().isEmpty()) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": holds no run; expected at least one");
        }
        return recording;
    }

    private static Path existing(String file, String what) {
        Path path = SourceOptions.path(file);
        if (!Files.isRegularFile(path)) {
            throw new FettleException(ErrorCode.BAD_INPUT, path + ": does not exist; expected " + what);
        }
        return path;
    }

    /** The project with another workflow and the distinct inputs of a recording, in recorded order. */
    static Project on(Project project, Workflow workflow, Recording recording) {
        Map<String, Map<String, Object>> inputs = new LinkedHashMap<>();
        for (RecordedRun run : recording.runs()) {
            inputs.putIfAbsent(run.inputHash(), run.input());
        }
        List<Map<String, Object>> distinct = new ArrayList<>(inputs.values());
        return new Project(project.folder(), project.definition(), workflow, distinct, project.configuration());
    }
}
