package dev.fettle.runtime.tool.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auto.service.AutoService;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.cancel.CancelReason;
import dev.fettle.runtime.cancel.CancelScope;
import dev.fettle.runtime.process.CommandFailedException;
import dev.fettle.runtime.process.Processes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command: the arguments as a JSON object on standard input, the result on standard output. The tool's settings:
 * {@code command}, program and words, in which <code>{name}</code> becomes an argument (there is no shell); {@code
 * environment}, the names of variables that it may see; {@code output}, {@code json} (the default) or {@code text}.
 */
@AutoService(ToolRunner.class)
public final class CommandTool implements ToolRunner {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]+)}");
    private static final Set<String> KEYS = Set.of("command", "environment", "output");

    /**
     * @param timeout of a call
     * @param maxOutputBytes longest output
     * @param keepErrorOutputBytes how much of the end of the error output goes into the message of a failure
     */
    public record Settings(Duration timeout, long maxOutputBytes, int keepErrorOutputBytes) {}

    @Override
    public String name() {
        return "command";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(Duration.ofMinutes(5), NodeBody.Command.DEFAULT_OUTPUT_LIMIT_BYTES, 4096);
    }

    @Override
    public List<String> obstacles(ToolSpec tool, Record settings) {
        List<String> obstacles = new ArrayList<>();
        if (texts(tool, "command").isEmpty() || texts(tool, "command").get(0).isBlank()) {
            obstacles.add("its settings name no command; expected a list of a program and its words");
        }
        if (!output(tool).equals("json") && !output(tool).equals("text")) {
            obstacles.add("its settings have the output (" + output(tool) + "); expected json or text");
        }
        tool.settings().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> obstacles.add("the key (" + key
                        + ") of its settings is not known; expected command, environment and output"));
        return obstacles;
    }

    @Override
    public Object call(ToolContext context) throws Exception {
        Settings settings = (Settings) context.settings();
        ToolProcesses running = context.shared("processes", ToolProcesses.class, ToolProcesses::new);
        byte[] input = CanonicalJson.text(context.arguments()).getBytes(StandardCharsets.UTF_8);
        Processes.Command command = new Processes.Command(
                words(context),
                context.directory(),
                context.environment(texts(context.tool(), "environment")),
                input,
                settings.maxOutputBytes(),
                settings.keepErrorOutputBytes());
        byte[] output;
        try (CancelScope scope = CancelScope.root()) {
            ToolContext.Registration registration = context.onCancel(() ->
                    scope.cancel(new CancelReason(CancelReason.Kind.CALLER, "the call of the tool was cancelled")));
            try {
                output = running.run(command, scope, settings.timeout());
            } finally {
                registration.close();
            }
        }
        return result(context.tool(), new String(output, StandardCharsets.UTF_8));
    }

    @SuppressWarnings("NullAway") // A command may answer JSON null; the interface leaves that to its Javadoc.
    private static Object result(ToolSpec tool, String output) throws CommandFailedException {
        if (output(tool).equals("text")) {
            return output;
        }
        try {
            return JSON.readValue(output, Object.class);
        } catch (JsonProcessingException e) {
            String line = output.strip();
            throw new CommandFailedException("the output of the tool (" + tool.name() + ") is ("
                    + (line.length() > 80 ? line.substring(0, 80) + "..." : line)
                    + "); expected JSON, or output: text in its settings");
        }
    }

    private static List<String> words(ToolContext context) throws CommandFailedException {
        List<String> words = new ArrayList<>();
        for (String word : texts(context.tool(), "command")) {
            String filled = PLACE.matcher(word).replaceAll(place -> {
                Object value = context.arguments().get(place.group(1));
                return Matcher.quoteReplacement(value == null ? place.group() : String.valueOf(value));
            });
            if (filled.indexOf('\0') >= 0) {
                throw new CommandFailedException(
                        "an argument of the tool holds a NUL character, which no command can take");
            }
            words.add(filled);
        }
        return words;
    }

    private static String output(ToolSpec tool) {
        Object output = tool.settings().get("output");
        return output == null ? "json" : String.valueOf(output);
    }

    /** A list of texts, or a single one. */
    private static List<String> texts(ToolSpec tool, String key) {
        @Nullable Object value = tool.settings().get(key);
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }
}
