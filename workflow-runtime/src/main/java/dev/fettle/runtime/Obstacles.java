package dev.fettle.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.NearestName;
import dev.fettle.api.execute.ExecutionRequest;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
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
        PolicyObstacles policies = new PolicyObstacles(workflow, runners, settings, found);
        for (Node node : workflow.allNodes()) {
            body(node);
            tools(node);
            policies.find(node);
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
}
