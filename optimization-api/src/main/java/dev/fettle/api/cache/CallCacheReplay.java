package dev.fettle.api.cache;

import dev.fettle.api.Evolving;
import dev.fettle.api.trace.Status;
import dev.fettle.api.trace.ToolCall;
import dev.fettle.api.workflow.Policies;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one tool's calls, fed with the calls of one recorded run in order of their start. Says which of them it would
 * have answered, and whether that answer would have been right.
 *
 * <p>A call whose arguments were not recorded is never answered, nor is one whose key needs a state key that was not
 * recorded. The contents of files are not recorded: where the key holds some, they count as unchanged exactly where the
 * result is.
 */
@Evolving
public final class CallCacheReplay {
    private final Policies.Cache policy;
    private final CacheReplay cache;
    private final Map<String, Kept> kept = new HashMap<>();

    private record Kept(@Nullable String result, double end) {}

    /**
     * What the cache does with a call.
     *
     * @param hit whether it answers
     * @param compared whether both the kept and the recorded result are known; false without a hit
     * @param equal whether they are the same; false where they were not compared
     * @param ageSeconds of the kept result; 0 without a hit
     */
    public record Answer(boolean hit, boolean compared, boolean equal, double ageSeconds) {
        static final Answer MISS = new Answer(false, false, false, 0);
    }

    public CallCacheReplay(Policies.Cache policy) {
        this.policy = policy;
        this.cache = new CacheReplay(policy);
    }

    /**
     * The next call of any tool in the run.
     *
     * @param reads hashes of the state that the calling node read
     */
    public Answer next(ToolCall call, Map<String, String> reads) {
        if (policy.invalidation().tools().contains(call.tool())) {
            cache.clear();
        }
        String key = call.tool().equals(policy.tool()) ? key(call, reads) : null;
        if (key == null) {
            return Answer.MISS;
        }
        double start = call.start().toNanos() / 1e9;
        double end = call.start().plus(call.duration()).toNanos() / 1e9;
        Kept earlier = kept.get(key);
        if (cache.hit(key, start) && earlier != null) {
            boolean compared = earlier.result() != null && call.resultHash() != null;
            return new Answer(
                    true,
                    compared,
                    compared && Objects.equals(earlier.result(), call.resultHash()),
                    start - earlier.end());
        }
        if (call.status() != Status.ERROR) {
            cache.store(key, end);
            kept.put(key, new Kept(call.resultHash(), end));
        }
        return Answer.MISS;
    }

    private @Nullable String key(ToolCall call, Map<String, String> reads) {
        String arguments = call.argumentHash();
        if (arguments == null) {
            return null;
        }
        StringBuilder key = new StringBuilder(arguments);
        for (String state : policy.invalidation().stateKeys()) {
            String hash = reads.get(state);
            if (hash == null) {
                return null;
            }
            key.append('|').append(hash);
        }
        if (!policy.invalidation().fileArguments().isEmpty()) {
            if (call.resultHash() == null) {
                return null;
            }
            key.append('|').append(call.resultHash());
        }
        return key.toString();
    }
}
