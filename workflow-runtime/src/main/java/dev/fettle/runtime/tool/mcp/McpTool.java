package dev.fettle.runtime.tool.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.auto.service.AutoService;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.runtime.tool.http.HttpToolSettings;
import dev.langchain4j.service.tool.ToolExecutionResult;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A tool of an MCP server. The tool's settings: {@code command}, program and words of a server that is started for the run,
 * with {@code environment}, the names of variables that it may see; or {@code url} of one that runs, with {@code headers},
 * whose values may name environment variables as <code>${NAME}</code>; and {@code tool}, the server's name for the tool where
 * it is another. The result is the text of the answer, as a JSON value where it is JSON.
 */
@AutoService(ToolRunner.class)
public final class McpTool implements ToolRunner {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");
    private static final Set<String> KEYS = Set.of("command", "environment", "url", "headers", "tool");

    /**
     * @param timeout for starting a server and for each call
     * @param allowedHosts hosts of servers that may be reached over HTTP, as for the runner {@code http}
     */
    public record Settings(Duration timeout, List<String> allowedHosts) {
        public Settings {
            allowedHosts = List.copyOf(allowedHosts);
        }
    }

    @Override
    public String name() {
        return "mcp";
    }

    @Override
    public Settings defaultSettings() {
        return new Settings(Duration.ofSeconds(60), HttpToolSettings.DEFAULT.allowedHosts());
    }

    @Override
    public boolean isRemote(ToolSpec tool) {
        return true;
    }

    @Override
    public List<String> obstacles(ToolSpec tool, Record settings) {
        List<String> obstacles = new ArrayList<>();
        List<String> command = texts(tool.settings().get("command"));
        Object url = tool.settings().get("url");
        if (command.isEmpty() == (url == null)) {
            obstacles.add("its settings name " + (url == null ? "no server" : "two servers")
                    + "; expected either a command or a url");
        }
        if (url != null && !allowed(String.valueOf(url), (Settings) settings)) {
            obstacles.add(
                    "the url (" + url + ") of its MCP server may not be reached; expected http or https to one of "
                            + ((Settings) settings).allowedHosts()
                            + ". Maybe add the host to toolRunners.mcp.allowedHosts in fettle.yaml");
        }
        tool.settings().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> obstacles.add("the key (" + key
                        + ") of its settings is not known; expected command and environment, or url and headers, and"
                        + " tool"));
        return obstacles;
    }

    private static boolean allowed(String url, Settings settings) {
        HttpToolSettings base = HttpToolSettings.DEFAULT;
        try {
            return new HttpToolSettings(
                            settings.allowedHosts(), base.maxResponseBytes(), base.timeout(), base.maxRedirects())
                    .allows(URI.create(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    @SuppressWarnings("NullAway") // A server may answer JSON null; the interface leaves that to its Javadoc.
    public Object call(ToolContext context) throws Exception {
        Settings settings = (Settings) context.settings();
        Map<String, Object> server = new LinkedHashMap<>(context.tool().settings());
        server.remove("tool");
        McpSession session =
                context.shared(CanonicalJson.text(server), McpSession.class, () -> open(context, settings.timeout()));
        Object name =
                context.tool().settings().getOrDefault("tool", context.tool().name());
        String arguments = CanonicalJson.text(context.arguments());
        ToolExecutionResult result = cancellably(context, session, () -> session.call(String.valueOf(name), arguments));
        String text = Objects.requireNonNullElse(result.resultText(), "");
        if (result.isError()) {
            throw new McpToolException("the MCP tool (" + name + ") answered with an error: " + text);
        }
        return value(text);
    }

    /** The client waits on the calling thread, which a cancellation interrupts. */
    private static ToolExecutionResult cancellably(
            ToolContext context, McpSession session, Callable<ToolExecutionResult> call) throws Exception {
        Thread thread = Thread.currentThread();
        ToolContext.Registration registration = context.onCancel(() -> session.cancel(thread));
        try {
            return call.call();
        } catch (RuntimeException e) {
            if (context.cancelled()) {
                throw new InterruptedException("the call of the MCP tool was cancelled");
            }
            throw unwrapped(e);
        } finally {
            registration.close();
        }
    }

    /** A server that does not answer the first message holds nobody longer than the call may take. */
    private static McpSession opened(ToolContext context, CallTransport transport, Duration timeout) throws Exception {
        Thread thread = Thread.currentThread();
        ToolContext.Registration registration = context.onCancel(() -> {
            transport.cancel(thread);
            thread.interrupt();
        });
        try {
            return new McpSession(transport, timeout);
        } catch (RuntimeException e) {
            if (context.cancelled()) {
                throw new InterruptedException("the call of the MCP tool was cancelled while its session began");
            }
            throw unwrapped(e);
        } finally {
            registration.close();
        }
    }

    /** The client wraps what the transport throws, more than once. */
    private static Exception unwrapped(RuntimeException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException io) {
                return io;
            }
        }
        return failure;
    }

    private static McpSession open(ToolContext context, Duration timeout) throws Exception {
        List<String> command = texts(context.tool().settings().get("command"));
        if (!command.isEmpty()) {
            Map<String, String> environment =
                    context.environment(texts(context.tool().settings().get("environment")));
            return opened(context, new StdioTransport(command, context.directory(), environment), timeout);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        if (context.tool().settings().get("headers") instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> header : map.entrySet()) {
                headers.put(String.valueOf(header.getKey()), fill(String.valueOf(header.getValue()), context));
            }
        }
        URI uri = URI.create(String.valueOf(context.tool().settings().get("url")));
        return opened(context, new HttpTransport(uri, headers, timeout), timeout);
    }

    private static String fill(String value, ToolContext context) throws McpToolException {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(value);
        int from = 0;
        while (matcher.find()) {
            String variable = matcher.group(1);
            filled.append(value, from, matcher.start());
            filled.append(context.secret(variable)
                    .orElseThrow(() -> new McpToolException("the environment variable (" + variable
                            + ") is not set; expected a value for the tool ("
                            + context.tool().name() + ")")));
            from = matcher.end();
        }
        return filled.append(value.substring(from)).toString();
    }

    private static @Nullable Object value(String text) {
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }
}
