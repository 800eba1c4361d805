package dev.fettle.core.certificate;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import dev.fettle.api.workflow.ToolSpec;
import dev.fettle.api.workflow.Workflow;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files beside a definition that its commands name, as scripts do: what they say is a part of what the workflow does.
 * Files that are reached in another way (by a script itself, a library on the path) are not seen.
 */
public final class ScriptFiles {
    private ScriptFiles() {}

    /** By the words that name them. */
    static SortedMap<String, Path> of(Workflow workflow, Path directory) {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Node node : workflow.allNodes()) {
            if (node.body() instanceof NodeBody.Command command) {
                add(command.command(), directory, files);
            }
        }
        for (ToolSpec tool : workflow.tools()) {
            add(tool.settings(), directory, files);
        }
        return files;
    }

    /** Those, and the files of the workflows that its nodes refer to. */
    public static SortedMap<String, Path> named(Workflow workflow, Path directory) {
        SortedMap<String, Path> files = of(workflow, directory);
        for (Node node : workflow.allNodes()) {
            if (node.body() instanceof NodeBody.SubWorkflow sub) {
                add(sub.reference(), directory, files);
            }
        }
        return files;
    }

    private static void add(@Nullable Object value, Path directory, SortedMap<String, Path> files) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(held -> add(held, directory, files));
        } else if (value instanceof List<?> list) {
            list.forEach(held -> add(held, directory, files));
        } else if (value instanceof String word) {
            try {
                Path file = directory.resolve(word).normalize();
                if (file.startsWith(directory.normalize()) && Files.isRegularFile(file)) {
                    files.put(word, file);
                }
            } catch (InvalidPathException e) {
                // A word that cannot be the name of a file names none.
                return;
            }
        }
    }
}
