package dev.fettle.runtime;

import dev.fettle.api.execute.BatchToolRunner;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.model.Models;
import dev.fettle.runtime.settings.RuntimeSettings;
import java.util.Collection;
import java.util.Optional;

/** Why a node cannot run under its policies. */
final class PolicyObstacles {
    private final Workflow workflow;
    private final Runners runners;
    private final RuntimeSettings settings;
    private final Collection<String> found;

    /** @param found takes one sentence for each obstacle */
    PolicyObstacles(Workflow workflow, Runners runners, RuntimeSettings settings, Collection<String> found) {
        this.workflow = workflow;
        this.runners = runners;
        this.settings = settings;
        this.found = found;
    }

    void find(Node node) {
        Policies policies = node.policies();
        if (policies.timeout() != null
                && (policies.timeout().isNegative() || policies.timeout().isZero())) {
            found.add("the timeout of the node (" + node.id() + ") is (" + policies.timeout()
                    + "); expected a positive duration");
        }
        Policies.Retry retry = policies.retry();
        if (retry != null && (retry.maxAttempts() < 1 || retry.backoff().isNegative())) {
            found.add("the retry of the node (" + node.id() + ") has maxAttempts (" + retry.maxAttempts()
                    + ") and backoff (" + retry.backoff() + "); expected at least 1, and at least 0s");
        }
        if (node.kind() == NodeKind.PARALLEL && (retry != null || policies.cache() != null)) {
            found.add("the parallel node (" + node.id() + ") has a retry or cache policy; expected it on its members");
        }
        if (policies.cache() != null) {
            cache(node, policies.cache());
        }
        if (policies.batch() != null) {
            batch(node, policies.batch());
        }
        if (policies.cascade() != null) {
            String obstacle = Models.obstacle(policies.cascade().model(), settings);
            if (obstacle != null) {
                found.add("the cascade of the agent (" + node.id() + ") cannot run: " + obstacle);
            }
        }
    }

    private void batch(Node node, Policies.Batch batch) {
        ToolSpec tool = workflow.tool(batch.tool()).orElse(null);
        if (tool == null || !node.answeringTools().contains(batch.tool())) {
            found.add("the node (" + node.id() + ") batches the tool (" + batch.tool() + "), which it does not use;"
                    + " expected one of " + node.answeringTools());
            return;
        }
        if (tool.effects().mustKeep()) {
            found.add("the node (" + node.id() + ") batches the tool (" + batch.tool()
                    + "), which has external or unknown effects; expected effects none or idempotent");
        }
        boolean single = runners.toolRunner(Optional.ofNullable(tool.runner()).orElse(tool.name()))
                .filter(runner -> !(runner instanceof BatchToolRunner))
                .isPresent();
        if (batch.concurrent() && tool.effects() != Effects.NONE) {
            found.add("the node (" + node.id() + ") makes calls of the tool (" + batch.tool()
                    + ") at the same time, whose effects have an order; expected effects none");
        }
        if (single && !batch.concurrent()) {
            found.add("the node (" + node.id() + ") batches the tool (" + batch.tool()
                    + "), whose runner has no batch form; expected a BatchToolRunner");
        }
        if (batch.maxSize() < 2) {
            found.add("the batch of the node (" + node.id() + ") has the maxSize (" + batch.maxSize()
                    + "); expected at least 2");
        }
    }

    private void cache(Node node, Policies.Cache cache) {
        if (cache.maxEntries() < 1
                || (cache.timeToLive() != null && cache.timeToLive().isNegative())) {
            found.add("the cache of the node (" + node.id() + ") has maxEntries (" + cache.maxEntries() + ") and ttl ("
                    + cache.timeToLive() + "); expected at least 1, and at least 0s");
        }
        boolean effect = cache.tool() == null
                ? workflow.effectsOf(node).mustKeep()
                : workflow.tool(cache.tool())
                        .map(ToolSpec::effects)
                        .filter(e -> !e.mustKeep())
                        .isEmpty();
        if (effect) {
            String what = cache.tool() == null ? "itself" : "the tool (" + cache.tool() + ")";
            found.add("the node (" + node.id() + ") caches " + what + ", which has external or unknown effects that a"
                    + " cached answer would skip; expected effects none or idempotent");
        }
    }
}
