package dev.fettle.runtime.tool.http;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.ToolSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to an HTTP server. The tool's settings: {@code url}, a {@link UrlTemplate}; {@code method}, GET where it is
 * absent; {@code headers}, whose values may name environment variables as <code>${NAME}</code>. Arguments that the url does
 * not name become the query, or for POST and PUT the JSON body. The result is the body of the answer: a JSON value where the
 * server says that it is JSON, else a text.
 */
@AutoService(ToolRunner.class)
public final class HttpTool implements ToolRunner {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");
    private static final Set<String> KEYS = Set.of("url", "method", "headers");
    private static final Set<String> SECRET_HEADERS =
            Set.of("authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "x-auth-token");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

    @Override
    public String name() {
        return "http";
    }

    @Override
    public HttpToolSettings defaultSettings() {
        return HttpToolSettings.DEFAULT;
    }

    @Override
    public boolean isRemote(ToolSpec tool) {
        return true;
    }

    @Override
    public List<String> obstacles(ToolSpec tool, Record settings) {
        List<String> obstacles = new ArrayList<>();
        String url = text(tool, "url");
        if (url.isEmpty() || !url.matches("(?i)(https?://|\\{\\+|\\$\\{).*")) {
            obstacles.add("its settings have the url (" + url + "); expected an address that starts with http:// or"
                    + " https://");
        }
        if (!METHODS.contains(method(tool))) {
            obstacles.add("its settings have the method (" + method(tool) + "); expected one of GET, HEAD, POST, PUT,"
                    + " DELETE and OPTIONS");
        }
        tool.settings().keySet().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key -> obstacles.add(
                        "the key (" + key + ") of its settings is not known; expected url, method and headers"));
        headers(tool).forEach((name, value) -> {
            if (SECRET_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                    && !VARIABLE.matcher(value).find()) {
                obstacles.add("the header (" + name + ") holds a secret in the definition; expected the name of an"
                        + " environment variable, as in ${API_TOKEN}");
            }
        });
        return obstacles;
    }

    @Override
    public Object call(ToolContext context) throws Exception {
        return new HttpToolCall(context, (HttpToolSettings) context.settings()).run();
    }

    static String method(ToolSpec tool) {
        String method = text(tool, "method");
        return method.isEmpty() ? "GET" : method.toUpperCase(Locale.ROOT);
    }

    static String text(ToolSpec tool, String key) {
        Object value = tool.settings().get(key);
        return value == null ? "" : String.valueOf(value);
    }

    /** As written in the definition, with places for environment variables. */
    static Map<String, String> headers(ToolSpec tool) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (tool.settings().get("headers") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        return headers;
    }

    static String fill(String value, ToolContext context) throws HttpToolException {
        StringBuilder filled = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(value);
        int from = 0;
        while (matcher.find()) {
            filled.append(value, from, matcher.start()).append(environment(matcher.group(1), context));
            from = matcher.end();
        }
        return filled.append(value.substring(from)).toString();
    }

    static String environment(String variable, ToolContext context) throws HttpToolException {
        String value = context.secret(variable).orElse("");
        if (value.isBlank()) {
            throw new HttpToolException(
                    "the environment variable (" + variable + ") is not set; expected a value for the tool ("
                            + context.tool().name() + ")",
                    null);
        }
        return value;
    }
}
