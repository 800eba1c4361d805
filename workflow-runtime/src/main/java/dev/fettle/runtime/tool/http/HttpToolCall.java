package dev.fettle.runtime.tool.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.content.CanonicalJson;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.runtime.http.HttpCall;
import dev.fettle.runtime.http.RetryAdvice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One call of an HTTP tool, with its redirects. */
final class HttpToolCall {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final ToolContext context;
    private final HttpToolSettings settings;
    private final long deadline;

    HttpToolCall(ToolContext context, HttpToolSettings settings) {
        this.context = context;
        this.settings = settings;
        this.deadline = System.nanoTime() + settings.timeout().toNanos();
    }

    /** What an answer says, whole. */
    private record Reply(
            int status, @Nullable String location, @Nullable String retryAfter, String type, byte[] body) {}

    Object run() throws Exception {
        String method = HttpTool.method(context.tool());
        boolean inBody = method.equals("POST") || method.equals("PUT");
        UrlTemplate template = new UrlTemplate(HttpTool.text(context.tool(), "url"));
        URI uri = uri(template, inBody);
        byte[] body = inBody ? body(template) : null;
        Map<String, List<String>> headers = headers(inBody);
        for (int redirects = 0; ; redirects++) {
            requireAllowed(uri);
            Reply reply = send(method, uri, headers, body);
            if (!REDIRECTS.contains(reply.status()) || reply.location() == null) {
                return result(uri, reply);
            }
            if (redirects == settings.maxRedirects()) {
                throw new HttpToolException(
                        "the server redirects more often than maxRedirects (" + settings.maxRedirects() + ")", null);
            }
            URI target = uri.resolve(URI.create(reply.location()));
            requireNoDowngrade(uri, target);
            if (!Origin.of(target).equals(Origin.of(uri))) {
                // What one server may know is not meant for another.
                headers = plainHeaders();
            }
            if (reply.status() <= 303 && !method.equals("HEAD")) {
                method = "GET";
                body = null;
            }
            uri = target;
        }
    }

    private URI uri(UrlTemplate template, boolean inBody) throws HttpToolException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String name : template.variables()) {
            variables.put(name, HttpTool.environment(name, context));
        }
        String text = template.fill(context.arguments(), variables);
        String query = inBody ? "" : template.query(context.arguments());
        if (!query.isEmpty()) {
            text += (text.contains("?") ? "&" : "?") + query;
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new HttpToolException("the url of the tool is no address: " + e.getMessage(), null);
        }
    }

    private byte[] body(UrlTemplate template) throws Exception {
        Map<String, Object> rest = new LinkedHashMap<>(context.arguments());
        rest.keySet().removeAll(template.arguments());
        return CanonicalJson.text(rest).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, List<String>> headers(boolean inBody) throws HttpToolException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("Accept", List.of("application/json, text/plain;q=0.9, */*;q=0.5"));
        if (inBody) {
            headers.put("Content-Type", List.of("application/json"));
        }
        for (Map.Entry<String, String> header : HttpTool.headers(context.tool()).entrySet()) {
            headers.put(header.getKey(), List.of(HttpTool.fill(header.getValue(), context)));
        }
        return headers;
    }

    /** The headers without those that hold something from the environment. */
    private Map<String, List<String>> plainHeaders() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        HttpTool.headers(context.tool()).forEach((name, value) -> {
            if (!value.contains("${")) {
                headers.put(name, List.of(value));
            }
        });
        return headers;
    }

    private void requireAllowed(URI uri) throws HttpToolException {
        if (!settings.allows(uri)) {
            throw new HttpToolException(
                    "the address (" + uri.getScheme() + "://" + uri.getRawAuthority()
                            + ") may not be reached; expected http or https to one of "
                            + settings.allowedHosts()
                            + ". Maybe add it to toolRunners.http.allowedHosts in fettle.yaml",
                    null);
        }
    }

    /** A request that was protected stays so, whatever it carries. */
    private static void requireNoDowngrade(URI from, URI to) throws HttpToolException {
        if (Origin.of(from).scheme().equals("https") && !Origin.of(to).scheme().equals("https")) {
            throw new HttpToolException(
                    "the server at (" + from.getHost() + ") redirects from https to (" + to.getScheme()
                            + "), which would send the request in the clear; expected a redirect to https",
                    null);
        }
    }

    private Reply send(String method, URI uri, Map<String, List<String>> headers, byte @Nullable [] body)
            throws IOException, InterruptedException, HttpToolException {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            throw tooSlow();
        }
        try {
            return new HttpCall(method, uri, headers, body, left, left)
                    .exchange(
                            context::onCancel,
                            answer -> new Reply(
                                    answer.status(),
                                    answer.header("Location").orElse(null),
                                    answer.header("Retry-After").orElse(null),
                                    answer.header("Content-Type").orElse(""),
                                    readBody(answer.body())));
        } catch (SocketTimeoutException e) {
            throw tooSlow();
        } catch (IOException e) {
            if (context.cancelled()) {
                throw new InterruptedException("the request was cancelled");
            }
            throw e;
        }
    }

    /** A read may take all the time that is left, so the whole takes twice the limit at most, however slowly bytes drip. */
    private byte[] readBody(InputStream stream) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        int count = stream.read(buffer);
        while (count >= 0) {
            body.write(buffer, 0, count);
            if (body.size() > settings.maxResponseBytes()) {
                throw new IOException("the answer is longer than maxResponseBytes (" + settings.maxResponseBytes()
                        + "). Maybe raise toolRunners.http.maxResponseBytes");
            }
            if (System.nanoTime() - deadline > 0) {
                throw new SocketTimeoutException();
            }
            count = stream.read(buffer);
        }
        return body.toByteArray();
    }

    private HttpToolException tooSlow() {
        return new HttpToolException("the server did not answer within the timeout (" + settings.timeout() + ")", null);
    }

    private static Object result(URI uri, Reply reply) throws HttpToolException {
        String text = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.status() < 200 || reply.status() >= 300) {
            String start = text.length() > 300 ? text.substring(0, 300) + "..." : text;
            throw new HttpToolException(
                    "the server at (" + uri.getHost() + ") answered with status (" + reply.status() + "): "
                            + start.strip(),
                    RetryAdvice.parse(reply.retryAfter(), Clock.systemUTC()).orElse(null));
        }
        String type = reply.type().toLowerCase(Locale.ROOT);
        if (!type.matches("application/([a-z0-9.+-]*\\+)?json.*")) {
            return text;
        }
        try {
            return JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            throw new HttpToolException("the answer is declared as JSON and is none: " + e.getOriginalMessage(), null);
        }
    }
}
