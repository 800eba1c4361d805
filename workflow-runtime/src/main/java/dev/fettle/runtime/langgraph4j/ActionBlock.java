package dev.fettle.runtime.langgraph4j;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.bsc.langgraph4j.RunnableConfig;
import org.bsc.langgraph4j.StateGraph;
import org.bsc.langgraph4j.action.AsyncNodeActionWithConfig;
import org.bsc.langgraph4j.state.AgentState;
import org.bsc.langgraph4j.state.AppenderChannel;
import org.bsc.langgraph4j.state.Channel;

/**
 * The members of a parallel node as one action. In a node that a change made, a member starts as soon as the earlier-listed
 * members that write what it reads are done, and sees the state at the start with their updates. Parallel edges of the graph
 * itself are a plain fork: every member sees the state at the start. Updates are put together in listed order by the channels
 * of the state.
 */
final class ActionBlock<S extends AgentState> implements AsyncNodeActionWithConfig<S> {
    private final Map<Node, AsyncNodeActionWithConfig<S>> members;
    private final StateGraph<S> original;
    private final Executor executor;
    private final boolean fork;

    /** @param fork whether the members are parallel edges of the graph */
    ActionBlock(
            Map<Node, AsyncNodeActionWithConfig<S>> members, StateGraph<S> original, Executor executor, boolean fork) {
        this.fork = fork;
        this.members = members;
        this.original = original;
        this.executor = executor;
    }

    @Override
    public CompletableFuture<Map<String, Object>> apply(S state, RunnableConfig config) {
        List<Node> nodes = new ArrayList<>(members.keySet());
        List<CompletableFuture<Map<String, Object>>> futures = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            List<CompletableFuture<Map<String, Object>>> sources = new ArrayList<>();
            for (int earlier = 0; earlier < i; earlier++) {
                if (!fork && feeds(nodes.get(earlier).state(), nodes.get(i).state())) {
                    sources.add(futures.get(earlier));
                }
            }
            AsyncNodeActionWithConfig<S> action = Objects.requireNonNull(members.get(nodes.get(i)));
            futures.add(all(sources).thenComposeAsync(ignored -> action.apply(view(state, sources), config), executor));
        }
        return all(futures).thenApply(ignored -> merged(futures));
    }

    private static boolean feeds(StateAccess earlier, StateAccess later) {
        return !earlier.known() || !later.known() || earlier.writes().stream().anyMatch(later.reads()::contains);
    }

    private static CompletableFuture<Void> all(List<CompletableFuture<Map<String, Object>>> futures) {
        return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new));
    }

    private S view(S state, List<CompletableFuture<Map<String, Object>>> sources) {
        Map<String, Object> data = state.data();
        for (CompletableFuture<Map<String, Object>> source : sources) {
            data = AgentState.updateState(data, source.join(), original.getChannels());
        }
        return original.getStateFactory().apply(data);
    }

    /**
     * One update in place of several. Where two members wrote one key, the channel of the key puts the writes together, as
     * it would when they came one after the other; a list that is appended to takes the later list behind the earlier one. This
     * is the same as one after the other where the channel's reducer is associative.
     */
    private Map<String, Object> merged(List<CompletableFuture<Map<String, Object>>> futures) {
        Map<String, Object> merged = new LinkedHashMap<>();
        for (CompletableFuture<Map<String, Object>> future : futures) {
            future.join().forEach((key, value) -> {
                Channel<?> channel = original.getChannels().get(key);
                Object earlier = merged.get(key);
                merged.put(key, channel == null || earlier == null ? value : reduced(channel, earlier, value));
            });
        }
        return merged;
    }

    @SuppressWarnings("unchecked") // Both values were written to the channel, so they are of its type.
    private static <T> Object reduced(Channel<T> channel, Object earlier, Object later) {
        if (channel instanceof AppenderChannel<?>) {
            return joined(earlier, later);
        }
        return channel.getReducer()
                .map(reducer -> (Object) reducer.apply((T) earlier, (T) later))
                .orElse(later);
    }

    private static Object joined(Object earlier, Object later) {
        List<Object> all = new ArrayList<>(earlier instanceof List<?> list ? list : List.of(earlier));
        all.addAll(later instanceof List<?> list ? list : List.of(later));
        return all;
    }
}
