package dev.fettle.runtime.node;

import dev.fettle.api.execute.ResolvedWorkflow;
import dev.fettle.api.execute.Runners;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.cache.Caches;
import dev.fettle.runtime.cancel.RunThreads;
import dev.fettle.runtime.effect.EffectLog;
import dev.fettle.runtime.human.People;
import dev.fettle.runtime.model.Models;
import dev.fettle.runtime.process.Processes;
import dev.fettle.runtime.record.TraceRecorder;
import dev.fettle.runtime.resume.FinishedNodes;
import dev.fettle.runtime.settings.RuntimeSettings;
import dev.fettle.runtime.sub.SubWorkflows;
import dev.fettle.runtime.tool.SharedResources;
import java.nio.file.Path;
import java.util.List;

/**
 * What all nodes of one run share.
 *
 * @param prefix of the paths of nodes: empty for the workflow itself, else the path of the sub-workflow node and a
 *     {@code /}
 */
public record RunContext(
        Workflow workflow,
        Path directory,
        Runners runners,
        RuntimeSettings settings,
        TraceRecorder recorder,
        EffectLog effects,
        Caches caches,
        RunThreads threads,
        Processes processes,
        SharedResources resources,
        Models models,
        People people,
        FinishedNodes finished,
        SubWorkflows subWorkflows,
        NestedRun nestedRun,
        String prefix) {

    /** The node's name in traces and messages, unique over all nested runs. */
    public String path(Node node) {
        return prefix.isEmpty() ? node.id() : prefix + node.id();
    }

    /** Whether this is the workflow of a sub-workflow node. */
    public boolean isNested() {
        return !prefix.isEmpty();
    }

    /** Whose caches: those of one workflow are not seen by another, nested one. */
    public String cacheScope() {
        return prefix + workflow.id();
    }

    /** For what runs ahead of a decision: what it records and what it lacks count where it is taken. */
    public RunContext ahead() {
        return new RunContext(
                workflow,
                directory,
                runners,
                settings,
                recorder.ahead(),
                effects.ahead(),
                caches,
                threads,
                processes,
                resources,
                models,
                people,
                new FinishedNodes(false, List.of()),
                subWorkflows,
                nestedRun,
                prefix);
    }

    /** For the run of a sub-workflow node. */
    RunContext nested(Node node) {
        ResolvedWorkflow sub = subWorkflows.at(path(node));
        return new RunContext(
                sub.workflow(),
                sub.directory(),
                runners,
                settings,
                recorder,
                effects,
                caches,
                threads,
                processes,
                resources,
                models,
                people,
                finished,
                subWorkflows,
                nestedRun,
                path(node) + "/");
    }
}
