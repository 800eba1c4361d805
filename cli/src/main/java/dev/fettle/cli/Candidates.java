package dev.fettle.cli;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.RecordedRun;
import dev.fettle.api.execute.Recording;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.certificate.CertificateCheck;
import dev.fettle.core.certificate.ScriptFiles;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.record.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

    /**
     * A candidate runs in the project's folder, with the project's scripts and other workflows.
     *
     * @throws FettleException where others of these names lie beside the candidate: nobody would run them
     */
    static void requireSameFiles(Workflow other, String file, Project project) {
        Path beside = Objects.requireNonNull(
                SourceOptions.path(file).toAbsolutePath().normalize().getParent());
        ScriptFiles.named(other, beside).forEach((name, path) -> {
            Path own = project.folder().resolve(name);
            if (!isSame(path, own)) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        path + ": differs from the project's (" + own
                                + "); expected the same, for a candidate runs with the"
                                + " project's files. Copy it into the project, give it a name of its own there, or take"
                                + " it away");
            }
        });
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isRegularFile(other) && Files.mismatch(one, other) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Whether a certificate holds.
     *
     * @param recording whose inputs the certificate is of; null where it is of the project's
     */
    static CertificateCheck check(
            Project given, Workflow other, Path certificate, @Nullable String recording, boolean agreed) {
        Project project = recording == null ? given : on(given, given.workflow(), recording(recording, given));
        return CertificateCheck.of(
                certificate,
                project.folder(),
                project.workflow(),
                other,
                project.inputs(),
                project.configuration(),
                recording == null ? null : SourceOptions.path(recording),
                agreed);
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
