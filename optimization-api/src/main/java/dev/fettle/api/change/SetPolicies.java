package dev.fettle.api.change;

import dev.fettle.api.Stable;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.PolicyCheck;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sets how a node is run: its timeout, retries, cache, batches, cascade and speculation. Refused where a batch or more attempts than before
 * are for something whose effects are external or unknown, where a cache is for something with any effects (an idempotent
 * write that a cache answers is not made), where a cache or batch names a tool that the node does
 * not use, where a number is out of its range, and where {@link PolicyCheck} finds a problem with a cascade or speculation.
 */
@Stable
public record SetPolicies(String node, Policies policies) implements WorkflowChange {
    @Override
    public ChangeResult apply(Workflow workflow) {
        Node target = workflow.node(node).orElse(null);
        return target == null ? Rewrites.missing(node) : apply(workflow, target);
    }

    /** The same for the node itself, where that is found already. */
    ChangeResult apply(Workflow workflow, Node target) {
        String reason = timing(workflow, target);
        reason = reason != null ? reason : cache(workflow, target, policies.cache());
        reason = reason != null ? reason : batch(workflow, target, policies.batch());
        List<String> problems = PolicyCheck.problems(workflow, target, policies);
        reason = reason != null || problems.isEmpty() ? reason : problems.get(0);
        return reason != null
                ? ChangeResult.refused(reason)
                : Rewrites.replaced(
                        workflow, target, target.toBuilder().policies(policies).build());
    }

    private @Nullable String timing(Workflow workflow, Node target) {
        Duration timeout = policies.timeout();
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            return "the timeout (" + timeout + ") of (" + node + ") is not usable; expected more than nothing";
        }
        Policies.Retry retry = policies.retry();
        if (retry == null) {
            return null;
        }
        if (retry.maxAttempts() < 1 || retry.backoff().isNegative()) {
            return "the retry policy (" + retry + ") of (" + node
                    + ") is not usable; expected at least 1 attempt and a backoff that is not negative";
        }
        Policies.Retry before = target.policies().retry();
        Effects effects = workflow.effectsOf(target);
        if (effects.mustKeep() && retry.maxAttempts() > (before == null ? 1 : before.maxAttempts())) {
            return "more attempts of (" + node + ") would repeat its effects (" + effects + ")";
        }
        return null;
    }

    private @Nullable String cache(Workflow workflow, Node target, Policies.@Nullable Cache cache) {
        if (cache == null) {
            return null;
        }
        Duration timeToLive = cache.timeToLive();
        if (cache.maxEntries() < 1 || (timeToLive != null && (timeToLive.isNegative() || timeToLive.isZero()))) {
            return "the cache (" + cache + ") of (" + node
                    + ") is not usable; expected at least 1 entry and a time to live above 0";
        }
        String invalidation = invalidation(target, cache);
        if (invalidation != null) {
            return invalidation;
        }
        String tool = cache.tool();
        if (tool != null) {
            String reason = tool(workflow, target, tool, "cache");
            boolean acts = workflow.tool(tool)
                    .map(spec -> spec.effects() != Effects.NONE)
                    .orElse(true);
            return reason == null && acts ? "a cache for (" + tool + ") would drop its idempotent effects" : reason;
        }
        if (!target.state().known()) {
            return "what (" + node + ") reads is not known, so there is no key for a cache";
        }
        Effects effects = workflow.effectsOf(target);
        return effects != Effects.NONE ? "a cache for (" + node + ") would drop its effects (" + effects + ")" : null;
    }

    private @Nullable String invalidation(Node target, Policies.Cache cache) {
        if (!target.state().known()) {
            return null;
        }
        Set<String> keys = new LinkedHashSet<>(cache.invalidation().stateKeys());
        if (cache.tool() == null) {
            keys.addAll(cache.invalidation().fileArguments());
        }
        keys.removeAll(target.state().reads());
        return keys.isEmpty()
                ? null
                : "the cache of (" + node + ") would depend on the state keys " + keys + ", which it does not read";
    }

    private @Nullable String batch(Workflow workflow, Node target, Policies.@Nullable Batch batch) {
        if (batch == null) {
            return null;
        }
        if (batch.maxSize() < 2) {
            return "the batch size (" + batch.maxSize() + ") of (" + node + ") is not usable; expected at least 2";
        }
        boolean inOneCall = workflow.tool(batch.tool()).map(ToolSpec::batch).orElse(false);
        if (!batch.concurrent() && !inOneCall) {
            return "the tool (" + batch.tool() + ") declares no batch form";
        }
        boolean ordered = workflow.tool(batch.tool())
                .map(spec -> spec.effects() != Effects.NONE)
                .orElse(true);
        return batch.concurrent() && ordered
                ? "concurrent calls of (" + batch.tool() + ") would change the order of its effects"
                : tool(workflow, target, batch.tool(), "batch");
    }

    private @Nullable String tool(Workflow workflow, Node target, String tool, String policy) {
        if (!target.answeringTools().contains(tool)) {
            return "(" + node + ") does not use the tool (" + tool + "), for which it would have a " + policy;
        }
        boolean mustKeep =
                workflow.tool(tool).map(spec -> spec.effects().mustKeep()).orElse(true);
        return mustKeep ? "a " + policy + " for (" + tool + ") would drop or move external or unknown effects" : null;
    }

    @Override
    public String describe() {
        return "set policies of '" + node + "' to " + policies.words();
    }
}
