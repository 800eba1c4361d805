package dev.fettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.change.ChangeResult;
import dev.fettle.api.change.WorkflowChange;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.certificate.CertificateCheck;
import dev.fettle.core.definition.WorkflowReader;
import dev.fettle.core.definition.WorkflowWriter;
import dev.fettle.core.definition.YamlText;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fettle apply}: puts a better version into place, and keeps the one before. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a plan's changes, or another version, into a project's definition; the original is kept.",
            "The definition is written anew: comments in it stay in the kept original only."
        })
final class ApplyCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Question question;

    @Mixin
    SourceOptions source = new SourceOptions();

    @Mixin
    FormatOption output = new FormatOption();

    @Option(names = "--plan", paramLabel = "FILE", description = "The changes.json of a plan.")
    @Nullable
    String plan;

    @Option(names = "--candidate", paramLabel = "FILE", description = "A whole definition.")
    @Nullable
    String candidate;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "With --candidate: write it only if this certificate of 'fettle validate' holds for it.")
    @Nullable
    String certificate;

    @Option(
            names = "--recording",
            paramLabel = "FILE",
            description = "With --certificate: the recording that the certificate was made with.")
    @Nullable
    String recording;

    @Option(names = "--agreed", description = "With --certificate: somebody agreed to a conditional verdict.")
    boolean agreed;

    @Option(names = "--interactive", description = "Ask for each suggestion: y(es), n(o), v(iew), q(uit).")
    boolean interactive;

    ApplyCommand(Terminal terminal, InputStream answers) {
        this.terminal = terminal;
        this.question = new Question(terminal, answers);
    }

    /** One suggestion of {@code changes.json}. */
    record Entry(String suggestion, List<WorkflowChange> changes) {}

    @Override
    public Integer call() {
        if ((plan == null) == (candidate == null)) {
            throw new FettleException(
                    ErrorCode.USAGE, "expected exactly one of --plan (changes.json) and --candidate (a definition)");
        }
        if (certificate != null && candidate == null) {
            throw new FettleException(
                    ErrorCode.USAGE, "a --certificate is of a version; expected it together with --candidate");
        }
        Project project = certificate == null ? source.definition() : source.project();
        History history = new History(project.folder(), project.definition());
        List<String> applied = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        String text = plan == null
                ? candidate(project, history, applied, skipped)
                : planned(project, history, SourceOptions.path(plan), applied, skipped);
        History.Step step = applied.isEmpty() ? null : history.replace(text);
        print(project, step, applied, skipped);
        return ExitCode.DONE;
    }

    private String candidate(Project project, History history, List<String> applied, List<String> skipped) {
        Path file = SourceOptions.path(String.valueOf(candidate));
        // Read once: what is certified is what is written.
        String content = YamlText.read(file);
        Workflow workflow = WorkflowReader.read(content, file.toString());
        requireSame(project.workflow(), workflow, file);
        Candidates.requireSameFiles(workflow, String.valueOf(candidate), project);
        if (certificate != null) {
            requireCertified(project, workflow, SourceOptions.path(certificate));
        }
        String text = isJson(file) == isJson(project.definition()) ? content : text(project, workflow);
        if (history.patch(text).isEmpty()) {
            return text;
        }
        boolean wanted = !interactive || question.ask(file.toString(), List.of(), history, text);
        (wanted ? applied : skipped).add(file.toString());
        return text;
    }

    /** Who starts the workflow and who takes its outputs do not change with its definition. */
    private static void requireSame(Workflow original, Workflow other, Path file) {
        boolean same = original.id().equals(other.id())
                && original.inputs().equals(other.inputs())
                && original.outputs().equals(other.outputs());
        if (!same) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    file + ": is the workflow (" + other.id() + ") with inputs " + other.inputs() + " and outputs "
                            + other.outputs() + "; expected a version of (" + original.id() + ") with inputs "
                            + original.inputs() + " and outputs " + original.outputs());
        }
    }

    private void requireCertified(Project project, Workflow other, Path file) {
        CertificateCheck check = Candidates.check(project, other, file, recording, agreed);
        if (!check.holds()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    file + ": does not hold: " + String.join("; ", check.problems()) + ". Nothing was written");
        }
    }

    private String planned(Project project, History history, Path file, List<String> applied, List<String> skipped) {
        Workflow current = project.workflow();
        for (Entry entry : entries(project, file)) {
            ChangeResult result = WorkflowChange.applyAll(current, entry.changes());
            if (result instanceof ChangeResult.Applied done) {
                List<String> lines =
                        entry.changes().stream().map(WorkflowChange::describe).toList();
                if (!interactive || question.ask(entry.suggestion(), lines, history, text(project, done.workflow()))) {
                    current = done.workflow();
                    applied.add(entry.suggestion());
                } else {
                    skipped.add(entry.suggestion());
                }
            } else if (result instanceof ChangeResult.Refused refused) {
                refuse(entry, refused.reason(), skipped);
            }
        }
        return text(project, current);
    }

    /** Where a person chose, later suggestions may rest on one that was left out; without, a plan is applied as a whole. */
    private void refuse(Entry entry, String reason, List<String> skipped) {
        String message = "the suggestion (" + entry.suggestion() + ") cannot be applied: " + reason;
        if (!interactive) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, message + ". Maybe the definition was changed since; nothing was written");
        }
        terminal.tell(message);
        skipped.add(entry.suggestion());
    }

    private static List<Entry> entries(Project project, Path file) {
        ObjectMapper mapper = Json.mapper(
                WorkflowOptimizer.create(project.configuration()).plugins().changeTypes());
        try {
            List<Entry> entries = mapper.readValue(YamlText.read(file), new TypeReference<List<Entry>>() {});
            if (entries != null) {
                return entries;
            }
            throw unusable(file, "it is empty", null);
        } catch (JsonProcessingException e) {
            throw unusable(file, "it is no list of suggestions with changes" + place(e), e);
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static FettleException unusable(Path file, String why, @Nullable Exception cause) {
        return new FettleException(
                ErrorCode.BAD_INPUT,
                file + ": " + why + "; expected the changes.json that 'fettle optimize' wrote",
                cause);
    }

    private static boolean isJson(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
    }

    /** The definition of a workflow in the format of the project's. */
    static String text(Project project, Workflow workflow) {
        return isJson(project.definition())
                ? Json.mapper().valueToTree(WorkflowWriter.toTree(workflow)).toPrettyString() + "\n"
                : WorkflowWriter.toYaml(workflow);
    }

    private void print(Project project, History.@Nullable Step step, List<String> applied, List<String> skipped) {
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("workflow", project.workflow().id());
            root.put("definition", project.definition().toString());
            applied.forEach(root.putArray("applied")::add);
            skipped.forEach(root.putArray("skipped")::add);
            root.put("version", step == null ? null : (Integer) step.version());
            root.put("previous", step == null ? null : (Integer) step.previous());
            root.put("patch", step == null ? null : step.patch().toString());
            terminal.out().println(root.toPrettyString());
            return;
        }
        if (step == null) {
            terminal.print("Nothing to apply; the definition is unchanged: " + project.definition());
            return;
        }
        terminal.print(project.definition() + " is version " + step.version() + " (applied: "
                + String.join(", ", applied) + ")");
        terminal.print("Patch: " + step.patch());
        terminal.print("Nothing was run: 'fettle validate' proves a version. To go back: fettle apply "
                + project.folder() + " --candidate "
                + step.original());
    }
}
