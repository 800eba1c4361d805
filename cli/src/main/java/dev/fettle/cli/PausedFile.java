package dev.fettle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.Pause;
import dev.fettle.api.execute.Pause.Question;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A paused run as a file: which project, what is asked, and the executor's checkpoint. Written by way of a temporary file
 * that only its owner may read.
 */
record PausedFile(Path file, Content content) {
    private static final int VERSION = 1;

    /**
     * @param project the definition
     * @param resumedAt when a resume began that has not ended; null where there is none
     */
    record Content(
            int fettleCheckpoint,
            String project,
            String run,
            List<Question> questions,
            Map<String, Object> checkpoint,
            @Nullable Instant resumedAt) {
        private Content resumed(@Nullable Instant at) {
            return new Content(fettleCheckpoint, project, run, questions, checkpoint, at);
        }
    }

    /** Writes a file that was not there before. */
    static PausedFile create(Path folder, Project project, String run, Pause pause) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(run + ".json");
            for (int i = 2; Files.exists(file); i++) {
                file = folder.resolve(run + "-" + i + ".json");
            }
            String definition =
                    project.definition().toAbsolutePath().normalize().toString();
            return new PausedFile(
                            file, new Content(VERSION, definition, run, pause.questions(), pause.checkpoint(), null))
                    .write();
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, folder + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** The run has paused again. */
    PausedFile update(Pause pause) {
        return new PausedFile(
                        file,
                        new Content(
                                VERSION, content.project(), content.run(), pause.questions(), pause.checkpoint(), null))
                .write();
    }

    /**
     * Notes that the run goes on, before it does anything: where this process is killed, nobody knows what was done.
     *
     * @param again whether what an unfinished resume did may be done once more
     * @throws FettleException where an earlier resume did not end, unless it may be done again
     */
    void begin(boolean again) {
        Instant before = content.resumedAt();
        if (before != null && !again) {
            throw new FettleException(
                    ErrorCode.USAGE,
                    file + ": a resume of the run (" + content.run() + ") began at " + before
                            + " and has not ended. Maybe it still runs; if it was killed, what it did outside would be"
                            + " done once more: check that, and give --again");
        }
        new PausedFile(file, content.resumed(Instant.now())).write();
    }

    /** The resume has ended in order, and the run can be resumed once more. */
    void end() {
        new PausedFile(file, content.resumed(null)).write();
    }

    private PausedFile write() {
        try {
            String json = Json.mapper().writeValueAsString(content);
            OutputFiles.write(
                    Objects.requireNonNull(file.toAbsolutePath().getParent()),
                    Map.of(file.getFileName().toString(), json));
            return this;
        } catch (JsonProcessingException e) {
            throw new FettleException(ErrorCode.INTERNAL, "a checkpoint is no JSON: " + e.getMessage(), e);
        }
    }

    /** @throws FettleException where it is no such file */
    static PausedFile read(Path file) {
        ObjectMapper mapper = Json.mapper();
        Content content;
        try {
            content = mapper.readValue(file.toFile(), new TypeReference<Content>() {});
        } catch (JsonProcessingException e) {
            throw unusable(file, "it is not a checkpoint: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read (" + e.getMessage() + ")", e);
        }
        if (content == null
                || content.fettleCheckpoint() != VERSION
                || content.checkpoint() == null
                || content.project() == null
                || content.run() == null
                || content.questions() == null) {
            throw unusable(file, "it is not a checkpoint of this version", null);
        }
        return new PausedFile(file, content);
    }

    private static FettleException unusable(Path file, String why, @Nullable Exception cause) {
        return new FettleException(
                ErrorCode.BAD_INPUT, file + ": " + why + "; expected a file that (fettle run) wrote", cause);
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": cannot be removed (" + e.getMessage() + ")", e);
        }
    }

    void describe(ObjectNode node) {
        node.put("run", content.run());
        node.put("checkpoint", file.toString());
        ArrayNode questions = node.putArray("questions");
        for (Question question : content.questions()) {
            ObjectNode one = questions.addObject();
            one.put("id", question.id());
            one.put("prompt", question.prompt());
            question.writes().forEach(one.putArray("writes")::add);
        }
    }

    void print(Terminal terminal) {
        for (Question question : content.questions()) {
            terminal.print("  " + content.run() + " waits for a person (" + question.id() + "):");
            question.prompt().lines().forEach(line -> terminal.print("    " + line));
        }
        String id = content.questions().get(0).id();
        String answer = content.questions().size() == 1 ? "TEXT" : id + "=TEXT";
        terminal.print("  Go on with: fettle resume " + file + " --answer " + answer);
    }
}
