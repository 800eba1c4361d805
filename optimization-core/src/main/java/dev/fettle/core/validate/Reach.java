package dev.fettle.core.validate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Everything outside its state that a workflow could touch. */
record Reach(Set<Thing> things) {
    /**
     * @param words for a person
     * @param value what tells it from other things with these words
     */
    record Thing(String words, Object value) {}

    /** A path from the root, from the home folder, or out of the folder of the definition. */
    private static final Pattern FILE = Pattern.compile("^(/|~|\\\\|[A-Za-z]:[/\\\\])|(^|[/\\\\])\\.\\.([/\\\\]|$)");

    static Reach of(Workflow workflow) {
        Reach reach = new Reach(new LinkedHashSet<>());
        for (ToolSpec tool : workflow.tools()) {
            reach.add(
                    "the tool '" + tool.name() + "' run by '" + tool.runner() + "' with effects '"
                            + tool.effects().name().toLowerCase(Locale.ROOT) + "'"
                            + (tool.settings().isEmpty() ? "" : " and settings " + new TreeMap<>(tool.settings())),
                    tool.settings());
            reach.hosts(tool.settings());
        }
        workflow.allNodes().forEach(reach::add);
        return reach;
    }

    /** What is here and not in the other. */
    List<String> beyond(Reach other) {
        return things.stream()
                .filter(thing -> !other.things.contains(thing))
                .map(Thing::words)
                .distinct()
                .sorted()
                .toList();
    }

    private void add(String words, Object value) {
        things.add(new Thing(words, value));
    }

    private void add(String words) {
        add(words, words);
    }

    private void add(Node node) {
        NodeBody body = node.body();
        if (body instanceof NodeBody.Command command) {
            add("the command " + command.command(), command.command());
            command.environment()
                    .forEach(variable -> add(
                            "the environment variable '" + variable + "' from the command " + command.command(),
                            command.command()));
        } else if (body instanceof NodeBody.Function function && function.runner() != null) {
            add("the runner '" + function.runner() + "'");
        } else if (body instanceof NodeBody.Condition condition && condition.runner() != null) {
            add("the runner '" + condition.runner() + "'");
        } else if (body instanceof NodeBody.SubWorkflow sub) {
            add("the workflow '" + sub.reference() + "'");
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
                add(host == null ? "the address '" + text + "'" : "the host '" + host + "'");
            } catch (URISyntaxException e) {
                add("the address '" + text + "'");
            }
        } else if (value instanceof String text && FILE.matcher(text).find()) {
            add("the file or folder '" + text + "'");
        }
    }
}
