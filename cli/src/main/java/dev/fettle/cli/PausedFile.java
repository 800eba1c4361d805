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
import dev.fettle.core.file.AtomicFile;
import dev.fettle.core.json.Json;
import dev.fettle.core.optimize.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A paused run as a file: which project, what is asked, and the executor's checkpoint. Written by way of a temporary file
 * that only its owner may read. Beside it, each resume that has begun and not ended has a file of its own, which is made
 * before anything is done, and stays where the process is killed.
 *
 * @param begun number of the last resume that had begun and not ended when the file was read; 0 for none
 */
record PausedFile(Path file, Content content, int begun) {
    private static final int VERSION = 2;
    private static final String MARK = ".resumed-";

    /** @param project the definition */
    record Content(
            int fettleCheckpoint,
            String project,
            String run,
            List<Question> questions,
            Map<String, Object> checkpoint) {}

    /** Writes a file that was not there before. */
    static PausedFile create(Path folder, Project project, String run, Pause pause) {
        String definition = project.definition().toAbsolutePath().normalize().toString();
        Content content = new Content(VERSION, definition, run, pause.questions(), pause.checkpoint());
        for (int i = 1; ; i++) {
            Path file = folder.resolve(i == 1 ? run + ".json" : run + "-" + i + ".json");
            try (AtomicFile target = target(file, content)) {
                target.commitNew();
                return new PausedFile(file, content, 0);
            } catch (FileAlreadyExistsException e) {
                // Another run of this name has paused; the next number may be free.
            } catch (IOException e) {
                throw unwritable(file, e);
            }
        }
    }

    /** The run has paused again. */
    PausedFile update(Pause pause) {
        Content next = new Content(VERSION, content.project(), content.run(), pause.questions(), pause.checkpoint());
        try (AtomicFile target = target(file, next)) {
            target.commit();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        end();
        return new PausedFile(file, next, 0);
    }

    /**
     * Notes that the run goes on, before it does anything: where this process is killed, nobody knows what was done. Of
     * several that do this at the same time, one succeeds.
     *
     * @param again whether what an unfinished resume did may be done once more
     * @throws FettleException where another resume did not end, unless it may be done again; or where the run has gone on
     *     since the file was read
     */
    void begin(boolean again) {
        if (begun > 0 && !again) {
            throw unfinished(begun);
        }
        Path mark = mark(begun + 1);
        try {
            Files.createFile(mark);
        } catch (FileAlreadyExistsException e) {
            throw unfinished(begun + 1);
        } catch (IOException e) {
            throw unwritable(mark, e);
        }
        try {
            PausedFile now = read(file);
            if (now.begun() != begun + 1) {
                // A number below that of a resume under way was free again.
                throw unfinished(now.begun());
            }
            if (!now.content().equals(content)) {
                throw new FettleException(
                        ErrorCode.USAGE,
                        file + ": another resume of the run (" + content.run() + ") has ended meanwhile. Maybe look at"
                                + " what is asked now: fettle resume " + file);
            }
        } catch (FettleException e) {
            delete(mark);
            throw e;
        }
    }

    private FettleException unfinished(int number) {
        String when;
        try {
            when = " at " + Files.getLastModifiedTime(mark(number));
        } catch (IOException e) {
            when = "";
        }
        return new FettleException(
                ErrorCode.USAGE,
                file + ": a resume of the run (" + content.run() + ") began" + when
                        + " and has not ended. Maybe it still runs; if it was killed, what it did outside would be done"
                        + " once more: check that, and give --again");
    }

    private Path mark(int number) {
        return mark(file, number);
    }

    private static Path mark(Path file, int number) {
        return file.resolveSibling(file.getFileName() + MARK + number);
    }

    /** The resume has ended in order, and the run can be resumed once more. */
    void end() {
        for (int number = begun + 1; number > 0; number--) {
            delete(mark(number));
        }
    }

    private static AtomicFile target(Path file, Content content) throws IOException {
        AtomicFile target = AtomicFile.replacing(file.toAbsolutePath()).forOwnerOnly();
        try {
            target.stream().write(Json.mapper().writeValueAsBytes(content));
            return target;
        } catch (IOException e) {
            target.close();
            throw e;
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
            if (Files.notExists(file)) {
                throw new FettleException(
                        ErrorCode.BAD_INPUT,
                        file + ": there is no such file; expected a file that (fettle run) wrote. Maybe the run has"
                                + " ended: then it has no checkpoint any more",
                        e);
            }
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
        return new PausedFile(file, content, lastMark(file));
    }

    /** The numbers may have gaps: of several resumes any may end first. */
    private static int lastMark(Path file) {
        String prefix = file.getFileName() + MARK;
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(other -> String.valueOf(other.getFileName()))
                    .filter(name -> name.startsWith(prefix))
                    .map(name -> name.substring(prefix.length()))
                    .filter(number -> number.matches("[0-9]{1,9}"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            throw unusable(file, "its folder cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private static FettleException unwritable(Path file, IOException cause) {
        return new FettleException(
                ErrorCode.BAD_INPUT, file + ": cannot be written (" + cause.getMessage() + ")", cause);
    }

    private static FettleException unusable(Path file, String why, @Nullable Exception cause) {
        return new FettleException(
                ErrorCode.BAD_INPUT, file + ": " + why + "; expected a file that (fettle run) wrote", cause);
    }

    /** How many effects had happened before the pause. */
    int effects() {
        return content.checkpoint().get("effects") instanceof List<?> effects ? effects.size() : 0;
    }

    /** The run has ended. */
    void remove() {
        delete(file);
        end();
    }

    private static void delete(Path file) {
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
