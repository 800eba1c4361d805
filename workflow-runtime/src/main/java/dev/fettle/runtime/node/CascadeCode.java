package dev.fettle.runtime.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.workflow.Policies;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An agent whose cheaper model is asked first. Its answer counts where it is whole and all checks hold; else the agent's own model is asked
 * with the same prompt. Both are recorded as model calls of the one occurrence.
 */
final class CascadeCode implements NodeCode {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Policies.Cascade cascade;
    private final NodeCode first;
    private final NodeCode second;
    private final @Nullable Pattern pattern;

    CascadeCode(Policies.Cascade cascade, NodeCode first, NodeCode second) {
        this.cascade = cascade;
        this.first = first;
        this.second = second;
        this.pattern = cascade.pattern() == null ? null : Pattern.compile(cascade.pattern());
    }

    @Override
    public Map<String, @Nullable Object> run(Attempt attempt) throws Exception {
        Map<String, @Nullable Object> cheap;
        try {
            cheap = first.run(attempt);
        } catch (FettleException e) {
            // A budget that is spent ends the agent; a model that asked for too many tools may be the cheap one's
            // weakness.
            if (attempt.cancelled() || e.code() != ErrorCode.LIMIT) {
                throw e;
            }
            return second.run(attempt);
        } catch (Exception e) {
            if (attempt.cancelled() || e instanceof InterruptedException) {
                throw e;
            }
            return second.run(attempt);
        }
        // An agent that writes nothing has no answer that could be checked.
        return cheap.isEmpty() || isGoodEnough(cheap.values().iterator().next()) ? cheap : second.run(attempt);
    }

    boolean isGoodEnough(@Nullable Object answer) {
        String text = answer == null ? "" : answer.toString().strip();
        if (text.isEmpty() || text.length() < cascade.minCharacters()) {
            return false;
        }
        if (pattern != null && !pattern.matcher(text).find()) {
            return false;
        }
        return (!cascade.json() && cascade.compare() == null) || isRightJson(text);
    }

    private boolean isRightJson(String text) {
        Object value;
        try {
            value = JSON.readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return false;
        }
        if (cascade.compare() == null) {
            return true;
        }
        if (!(value instanceof Map<?, ?> object)) {
            return false;
        }
        try {
            return new ComparisonCode(cascade.compare())
                    .holds(object.get(cascade.compare().key()));
        } catch (Exception e) {
            // Not comparable is not good enough.
            return false;
        }
    }
}
