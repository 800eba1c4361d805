package dev.fettle.runtime.sub;

import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import dev.fettle.api.execute.ResolvedWorkflow;
import dev.fettle.api.execute.WorkflowResolver;
import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The workflows that the sub-workflow nodes of a run refer to, read before anything runs, by the path of the node: the ids
 * on the way to it, joined by {@code /}.
 */
public final class SubWorkflows {
    private static final int MOST = 1000;

    private final WorkflowResolver resolver;
    private final Path root;
    private final Map<String, ResolvedWorkflow> byPath = new LinkedHashMap<>();

    private SubWorkflows(WorkflowResolver resolver, Path root) {
        this.resolver = resolver;
        this.root = root;
    }

    /**
     * Reads them all.
     *
     * @throws FettleException where one cannot be read, or refers to itself by way of others
     */
    public static SubWorkflows of(Workflow workflow, Path directory, WorkflowResolver resolver) {
        SubWorkflows all = new SubWorkflows(resolver, directory);
        all.add(workflow, directory, "", List.of());
        return all;
    }

    private void add(Workflow workflow, Path directory, String path, List<Path> inside) {
        for (Node node : workflow.allNodes()) {
            if (node.body() instanceof NodeBody.SubWorkflow sub) {
                ResolvedWorkflow resolved;
                try {
                    resolved = resolver.resolve(sub.reference(), directory, root);
                } catch (FettleException e) {
                    throw new FettleException(
                            e.code(), "the node (" + path + node.id() + ") cannot run: " + e.getMessage(), e);
                }
                add(path + node.id(), resolved, inside);
            }
        }
    }

    private void add(String path, ResolvedWorkflow resolved, List<Path> inside) {
        if (inside.contains(resolved.definition())) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT,
                    "the node (" + path + ") runs the workflow ("
                            + resolved.workflow().id()
                            + "), which is running it: "
                            + resolved.definition() + " refers to itself by way of " + inside
                            + "; expected sub-workflows that do not come back to themselves. Maybe use a loop");
        }
        byPath.put(path, resolved);
        if (byPath.size() > MOST) {
            throw new FettleException(
                    ErrorCode.LIMIT,
                    "the workflow has more than " + MOST
                            + " sub-workflows, those inside others included; expected fewer");
        }
        List<Path> chain = new ArrayList<>(inside);
        chain.add(resolved.definition());
        add(resolved.workflow(), resolved.directory(), path + "/", chain);
    }

    /** The workflow of the node at a path. */
    public ResolvedWorkflow at(String path) {
        ResolvedWorkflow found = byPath.get(path);
        if (found == null) {
            throw new FettleException(ErrorCode.INTERNAL, "the sub-workflow of the node (" + path + ") was not read");
        }
        return found;
    }

    public Map<String, ResolvedWorkflow> all() {
        return Collections.unmodifiableMap(byPath);
    }
}
