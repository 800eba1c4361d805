package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.content.NotJsonException;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.runtime.cache.CacheKeys;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cache.ResultCache;
import dev.fettle.runtime.value.StateValue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;

/**
 * Answers with the updates of an earlier call on the same values, in any run of the graph. Values that are no JSON, such as
 * objects of the user's own classes, have no hash and may change behind the cache: what reads or gives them is called.
 */
final class CachedAction<S extends AgentState> implements AsyncNodeActionWithConfig<S> {
    private final AsyncNodeActionWithConfig<S> action;
    private final Node node;
    private final CacheKeys keys;
    private final ResultCache<Caches.Cached> cache;

    CachedAction(AsyncNodeActionWithConfig<S> action, Node node, Policies.Cache policy, Caches caches, String graph) {
        this.action = action;
        this.node = node;
        this.keys = new CacheKeys(policy, Path.of(""));
        this.cache = caches.ofNode(graph, node, policy);
    }

    @Override
    @SuppressWarnings("unchecked") // Only updates are kept.
    public CompletableFuture<Map<String, Object>> apply(S state, RunnableConfig config) {
        Optional<String> key = key(state);
        Optional<Caches.Cached> hit = key.flatMap(cache::get);
        if (hit.isPresent() && hit.get().value() instanceof Map<?, ?> updates) {
            return CompletableFuture.completedFuture((Map<String, Object>) updates);
        }
        long asked = cache.generation();
        return action.apply(state, config).thenApply(updates -> {
            if (isJson(updates)) {
                key.ifPresent(known -> cache.put(known, new Caches.Cached(new LinkedHashMap<>(updates)), asked));
            }
            return updates;
        });
    }

    private Optional<String> key(S state) {
        Map<String, StateValue> reads = new TreeMap<>();
        try {
            for (String read : node.state().reads()) {
                if (state.data().containsKey(read)) {
                    reads.put(read, StateValue.of(state.data().get(read)));
                }
            }
        } catch (NotJsonException e) {
            return Optional.empty();
        }
        return keys.of(StateValue.jointHash(reads), StateValue.plain(reads), StateValue.hashes(reads));
    }

    private static boolean isJson(Map<String, Object> updates) {
        try {
            for (Object value : updates.values()) {
                StateValue.of(value);
            }
            return true;
        } catch (NotJsonException e) {
            return false;
        }
    }
}
