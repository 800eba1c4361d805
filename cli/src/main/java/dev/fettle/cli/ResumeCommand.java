package dev.fettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Attendance;
import dev.fettle.api.execute.ExecutionResult;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import dev.fettle.core.optimize.WorkflowOptimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fettle resume}: goes on with a run that waits for a person. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Goes on with a paused run. Without an answer it shows what is asked.")
final class ResumeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "The file that a paused run wrote.")
    String checkpoint = "";

    @Option(
            names = "--answer",
            paramLabel = "[NODE=]TEXT",
            description = "The answer as text; with the node where more than one asks. May be repeated.")
    List<String> answers = List.of();

    @Option(
            names = "--answer-json",
            paramLabel = "[NODE=]JSON",
            description = "The answer as a JSON value. May be repeated.")
    List<String> jsonAnswers = List.of();

    @Option(
            names = "--again",
            description = "Goes on although an earlier resume did not end; what it did outside may be done twice.")
    boolean again;

    @Mixin
    OutputOptions output = new OutputOptions();

    ResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        PausedFile paused = PausedFile.read(SourceOptions.path(checkpoint));
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        if (answers.isEmpty() && jsonAnswers.isEmpty()) {
            show(paused);
            return ExitCode.PAUSED;
        }
        Project project = SourceOptions.project(paused.content().project());
        answers.forEach(answer -> put(given, paused, project, answer, text -> text));
        jsonAnswers.forEach(answer -> put(given, paused, project, answer, ResumeCommand::json));
        paused.begin(again);
        ExecutionResult result;
        try {
            result = WorkflowOptimizer.create(project.configuration())
                    .resume(
                            project,
                            paused.content().run(),
                            new Attendance.Resumed(paused.content().checkpoint(), given));
        } catch (FettleException e) {
            paused.end();
            throw e;
        }
        if (result.pause() != null) {
            print(result, paused.update(result.pause()));
            return ExitCode.PAUSED;
        }
        print(result, null);
        if (result.error() != null) {
            paused.end();
            return ExitCode.CHECK_FAILED;
        }
        paused.remove();
        return ExitCode.DONE;
    }

    /** What an answer is read as. */
    private interface Reading {
        @Nullable
        Object read(String text);
    }

    private static void put(
            Map<String, @Nullable Object> into, PausedFile paused, Project project, String answer, Reading reading) {
        List<Question> questions = paused.content().questions();
        Optional<Question> named = questions.stream()
                .filter(question -> answer.startsWith(question.id() + "="))
                .findFirst();
        boolean another = project.workflow().allNodes().stream().anyMatch(node -> answer.startsWith(node.id() + "="));
        if (named.isEmpty() && (another || questions.size() != 1)) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the answer (" + answer
                            + ") is for none of the questions; expected NODE=ANSWER with one of "
                            + questions.stream().map(Question::id).toList());
        }
        String id = named.orElse(questions.get(0)).id();
        String text = named.isPresent() ? answer.substring(id.length() + 1) : answer;
        into.put(id, reading.read(text));
    }

    private static @Nullable Object json(String text) {
        ObjectMapper mapper = Json.mapper();
        try {
            return mapper.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    "the answer (" + text + ") is not JSON: " + e.getOriginalMessage()
                            + ". Maybe give it with --answer, which takes text",
                    e);
        }
    }

    private void show(PausedFile paused) {
        if (output.format == OutputOptions.Format.JSON) {
            ObjectNode root = Json.mapper().createObjectNode();
            root.put("status", "paused");
            paused.describe(root);
            terminal.out().println(root.toPrettyString());
        } else {
            paused.print(terminal);
        }
    }

    private void print(ExecutionResult result, @Nullable PausedFile again) {
        String status = result.trace().status().name().toLowerCase(Locale.ROOT);
        if (output.format == OutputOptions.Format.JSON) {
            ObjectMapper mapper = Json.mapper();
            ObjectNode root = mapper.createObjectNode();
            root.put("workflow", result.trace().workflow());
            root.put("run", result.trace().id());
            root.put("status", status);
            root.put("error", result.error());
            root.put("seconds", result.trace().wallClock().toNanos() / 1e9);
            root.set("output", mapper.valueToTree(result.output()));
            if (again != null) {
                again.describe(root);
            }
            terminal.out().println(root.toPrettyString());
            return;
        }
        terminal.print(result.trace().workflow() + ", " + result.trace().id() + ": " + status);
        if (result.error() != null) {
            terminal.print("  error: " + result.error());
            terminal.print("  The checkpoint is kept: " + checkpoint);
        }
        if (again != null) {
            again.print(terminal);
        } else {
            result.output().forEach((key, value) -> terminal.print("  " + key + ": " + value));
        }
    }
}
