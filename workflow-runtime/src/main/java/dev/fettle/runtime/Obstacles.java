package dev.fettle.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.execute.BatchToolRunner;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.Effects;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.NodeKind;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.api.workflow.WorkflowCheck;
import dev.fettle.runtime.model.Models;
import dev.fettle.runtime.process.Programs;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.fettle.runtime.sub.SubWorkflowFit;
import dev.fettle.runtime.sub.SubWorkflows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a workflow cannot be run, found before anything runs. */
final class Obstacles {
    /** A workflow does not change, so that it is checked once however often it runs. */
    private static final Cache<Workflow, List<WorkflowCheck.Problem>> CHECKED =
            Caffeine.newBuilder().weakKeys().maximumSize(100).build();

    private final Workflow workflow;
    private final Runners runners;
    private final RuntimeSettings settings;
    private final Set<String> found = new LinkedHashSet<>();

    private Obstacles(Workflow workflow, Runners runners, RuntimeSettings settings) {
        this.workflow = workflow;
        this.runners = runners;
        this.settings = settings;
    }

    static List<String> of(Workflow workflow, Runners runners, RuntimeSettings settings) {
        return new Obstacles(workflow, runners, settings).find();
    }

    /**
     * Refuses to run what cannot be run, sub-workflows included.
     *
     * @throws FettleException with everything that stands in the way
     */
    static void requireNone(ExecutionRequest request, SubWorkflows subWorkflows, RuntimeSettings settings) {
        Set<String> all = new LinkedHashSet<>(of(request.workflow(), request.runners(), settings));
        Map<String, Node> nodes = new HashMap<>(request.workflow().nodesById());
        subWorkflows.all().forEach((path, sub) -> {
            String where = "in the sub-workflow of (" + path + "): ";
            of(sub.workflow(), request.runners(), settings).forEach(obstacle -> all.add(where + obstacle));
            sub.workflow().nodesById().forEach((id, node) -> nodes.put(path + "/" + id, node));
        });
        subWorkflows.all().forEach((path, sub) -> {
            Node node = nodes.get(path);
            if (node != null) {
                all.addAll(SubWorkflowFit.problems(path, node, sub.workflow()));
            }
        });
        if (!all.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the workflow (" + request.workflow().id() + ") cannot be run: " + String.join("; ", all));
        }
    }

    private List<String> find() {
        if (workflow.discovered()) {
            found.add("the workflow (" + workflow.id() + ") was discovered from traces, which do not hold its code;"
                    + " expected a definition");
            return List.copyOf(found);
        }
        CHECKED.get(workflow, WorkflowCheck::problems).forEach(problem -> found.add(problem.message()));
        for (Node node : workflow.allNodes()) {
            body(node);
            tools(node);
            policies(node);
        }
        return new ArrayList<>(found);
    }

    private void body(Node node) {
        NodeBody body = node.body();
        switch (node.kind()) {
            case TEAM -> team(node, (NodeBody.Team) body);
            case FUNCTION -> runner(node, ((NodeBody.Function) body).runner());
            case CONDITION -> condition(node, (NodeBody.Condition) body);
            case AGENT -> agent(node, (NodeBody.Agent) body);
            case TOOL -> single(node);
            case COMMAND -> command(node, (NodeBody.Command) body);
            case PARALLEL, HUMAN, SUB_WORKFLOW -> {}
        }
    }

    private void runner(Node node, @Nullable String runner) {
        if (runner == null) {
            found.add("the node (" + node.id() + ") names no runner; expected one of " + runners.nodeRunnerNames());
        } else if (runners.nodeRunner(runner).isEmpty()) {
            found.add("the node (" + node.id() + ") names the runner (" + runner + "), which is not installed"
                    + NearestName.hint(runner, runners.nodeRunnerNames()));
        }
    }

    private void condition(Node node, NodeBody.Condition condition) {
        if (condition.comparison() == null) {
            runner(node, condition.runner());
        } else if (node.state().known()
                && !node.state().reads().contains(condition.comparison().key())) {
            found.add("the condition (" + node.id() + ") compares the key ("
                    + condition.comparison().key() + "), which it does not read; expected one of "
                    + node.state().reads());
        }
    }

    private void agent(Node node, NodeBody.Agent agent) {
        if (agent.model() == null) {
            found.add("the agent (" + node.id() + ") names no model");
        } else {
            String obstacle = Models.obstacle(agent.model(), settings);
            if (obstacle != null) {
                found.add("the agent (" + node.id() + ") cannot run: " + obstacle);
            }
        }
        single(node);
    }

    private void team(Node node, NodeBody.Team team) {
        int least = team.formation() == NodeBody.Team.Formation.HIERARCHICAL ? 2 : 1;
        if (team.members().size() < least) {
            found.add("the team (" + node.id() + ") has " + team.members().size() + " members; expected at least "
                    + least + " for the formation " + team.formation().name().toLowerCase(Locale.ROOT));
        }
        if (team.maxRounds() < 1) {
            found.add(
                    "the maxRounds of the team (" + node.id() + ") is (" + team.maxRounds() + "); expected at least 1");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (NodeBody.Team.Member member : team.members()) {
            String who = "the member (" + member.id() + ") of the team (" + node.id() + ")";
            if (!ids.add(member.id())) {
                found.add(who + " is there twice; every id must be unique");
            }
            String obstacle = member.model() == null ? "it names no model" : Models.obstacle(member.model(), settings);
            if (obstacle != null) {
                found.add(who + " cannot run: " + obstacle);
            }
            for (String tool : member.tools()) {
                if (workflow.tool(node.tools().getOrDefault(tool, tool)).isEmpty()) {
                    found.add(who + " uses the tool (" + tool + "), which is not declared");
                }
            }
        }
        single(node);
    }

    /** Agents, teams and tools produce one value. */
    private void single(Node node) {
        long keys = node.state().writes().stream()
                .filter(key -> !node.copies().containsKey(key))
                .count();
        if (keys > 1) {
            found.add("the node (" + node.id() + ") writes " + node.state().writes() + ", and a node of kind "
                    + node.kind().word() + " has one result; expected one key");
        }
    }

    private void command(Node node, NodeBody.Command command) {
        if (command.command().isEmpty() || command.command().get(0).isBlank()) {
            found.add("the command of the node (" + node.id() + ") is empty; expected a program and its arguments");
        } else if (!Programs.isInstalled(command.command().get(0))) {
            found.add("the command of the node (" + node.id() + ") needs the program ("
                    + command.command().get(0) + "), which is not installed here; expected it on the PATH");
        }
        if (command.outputLimitBytes() < 1) {
            found.add("the outputLimit of the node (" + node.id() + ") is (" + command.outputLimitBytes()
                    + "); expected at least 1");
        }
    }

    private void tools(Node node) {
        for (String tool : node.answeringTools()) {
            workflow.tool(tool).ifPresent(spec -> tool(node, spec));
        }
    }

    private void tool(Node node, ToolSpec tool) {
        String runner = Optional.ofNullable(tool.runner()).orElse(tool.name());
        ToolRunner installed = runners.toolRunner(runner).orElse(null);
        if (installed != null) {
            installed
                    .obstacles(tool, runners.toolSettings(installed))
                    .forEach(obstacle -> found.add("the tool (" + tool.name() + "): " + obstacle));
        } else {
            found.add("the tool (" + tool.name() + ") of the node (" + node.id() + ") needs the runner (" + runner
                    + "), which is not installed" + NearestName.hint(runner, runners.toolRunnerNames()));
        }
    }

    private void policies(Node node) {
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
