package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything outside its state that a workflow could touch, each thing as words for a person. */
record Reach(TreeSet<String> things) {
    /** A path from the root, from the home folder, or out of the folder of the definition. */
    private static final Pattern FILE = Pattern.compile("^(/|~|\\\\|[A-Za-z]:[/\\\\])|(^|[/\\\\])\\.\\.([/\\\\]|$)");

    static Reach of(Workflow workflow) {
        Reach reach = new Reach(new TreeSet<>());
        for (ToolSpec tool : workflow.tools()) {
            reach.things.add("the tool '" + tool.name() + "' run by '" + tool.runner() + "' with effects '"
                    + tool.effects().name().toLowerCase(Locale.ROOT) + "'");
        }
        workflow.allNodes().forEach(reach::add);
        return reach;
    }

    /** What is here and not in the other. */
    List<String> beyond(Reach other) {
        return things.stream().filter(thing -> !other.things.contains(thing)).toList();
    }

    private void add(Node node) {
        NodeBody body = node.body();
        if (body instanceof NodeBody.Command command) {
            things.add("the command " + command.command());
            command.environment()
                    .forEach(variable -> things.add(
                            "the environment variable '" + variable + "' from the command " + command.command()));
        } else if (body instanceof NodeBody.Function function && function.runner() != null) {
            things.add("the runner '" + function.runner() + "'");
        } else if (body instanceof NodeBody.Condition condition && condition.runner() != null) {
            things.add("the runner '" + condition.runner() + "'");
        } else if (body instanceof NodeBody.SubWorkflow sub) {
            things.add("the workflow '" + sub.reference() + "'");
        }
        hosts(node.parameters());
    }

    private void hosts(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::hosts);
        } else if (value instanceof List<?> list) {
            list.forEach(this::hosts);
        } else if (value instanceof String text && text.contains("://")) {
            try {
                String host = new URI(text.strip()).getHost();
                things.add(host == null ? "the address '" + text + "'" : "the host '" + host + "'");
            } catch (URISyntaxException e) {
                things.add("the address '" + text + "'");
            }
        } else if (value instanceof String text && FILE.matcher(text).find()) {
            things.add("the file or folder '" + text + "'");
        }
    }
}
