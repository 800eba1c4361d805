package dev.fettle.runtime.model;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.Policies;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.runtime.settings.Endpoint;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** At which hosts a workflow's models are asked. */
public final class ModelHosts {
    private ModelHosts() {}

    /** With the port, where the address has one; models without an endpoint have no host. */
    public static SortedSet<String> of(Workflow workflow, Map<String, Endpoint> endpoints) {
        SortedSet<String> hosts = new TreeSet<>();
        for (Node node : workflow.allNodes()) {
            for (String model : models(node)) {
                Optional.ofNullable(endpoints.get(model)).ifPresent(endpoint -> hosts.add(host(endpoint)));
            }
        }
        return hosts;
    }

    private static List<String> models(Node node) {
        List<String> models = new ArrayList<>();
        if (node.body() instanceof NodeBody.Agent agent) {
            add(agent.model(), models);
        } else if (node.body() instanceof NodeBody.Team team) {
            team.members().forEach(member -> add(member.model(), models));
        }
        Policies.Cascade cascade = node.policies().cascade();
        add(cascade == null ? null : cascade.model(), models);
        return models;
    }

    private static void add(@Nullable String model, List<String> into) {
        if (model != null) {
            into.add(model);
        }
    }

    private static String host(Endpoint endpoint) {
        String authority = URI.create(endpoint.baseUrl()).getRawAuthority();
        return authority == null ? endpoint.baseUrl() : authority.substring(authority.indexOf('@') + 1);
    }
}
