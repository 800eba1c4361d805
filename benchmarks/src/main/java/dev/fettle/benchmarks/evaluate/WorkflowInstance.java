package dev.fettle.benchmarks.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fettle.api.ErrorCode;
import dev.fettle.api.FettleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * An executed workflow in WfFormat 1.5 (wfcommons.org): tasks in a topological order.
 *
 * @param seconds of each task
 * @param parents positions of the earlier tasks that each needs
 * @param makespanSeconds measured, queueing for machines included; not a number where it is not recorded
 */
record WorkflowInstance(double[] seconds, int[][] parents, double makespanSeconds) {
    int size() {
        return seconds.length;
    }

    double work() {
        double work = 0;
        for (double one : seconds) {
            work += one;
        }
        return work;
    }

    /** The longest path by the tasks' times. */
    double criticalPath() {
        double[] ends = new double[size()];
        double longest = 0;
        for (int i = 0; i < ends.length; i++) {
            for (int parent : parents[i]) {
                ends[i] = Math.max(ends[i], ends[parent]);
            }
            ends[i] += seconds[i];
            longest = Math.max(longest, ends[i]);
        }
        return longest;
    }

    /** No schedule on so many workers can be shorter: neither than the longest path nor than the work shared evenly. */
    double bound(int workers) {
        return Math.max(criticalPath(), work() / workers);
    }

    /** @throws FettleException where the file is no such instance */
    static WorkflowInstance read(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": cannot be read (" + e.getMessage() + ")", e);
        }
        JsonNode execution = root.at("/workflow/execution");
        Map<String, Double> seconds = new HashMap<>();
        execution
                .path("tasks")
                .forEach(task ->
                        seconds.put(id(task), task.path("runtimeInSeconds").asDouble(0)));
        Map<String, TreeSet<String>> parents = new LinkedHashMap<>();
        Map<String, List<String>> children = new HashMap<>();
        root.at("/workflow/specification/tasks").forEach(task -> parents.put(id(task), new TreeSet<>()));
        root.at("/workflow/specification/tasks").forEach(task -> {
            task.path("parents").forEach(parent -> need(parents, id(task), parent.asText()));
            task.path("children").forEach(child -> need(parents, child.asText(), id(task)));
        });
        if (parents.isEmpty()) {
            throw new FettleException(
                    ErrorCode.BAD_INPUT, file + ": has no tasks under workflow.specification; expected WfFormat 1.5");
        }
        parents.forEach((task, needed) -> needed.forEach(parent ->
                children.computeIfAbsent(parent, id -> new ArrayList<>()).add(task)));
        return ordered(
                file,
                seconds,
                parents,
                children,
                execution.path("makespanInSeconds").asDouble(Double.NaN));
    }

    private static void need(Map<String, TreeSet<String>> parents, String task, String parent) {
        TreeSet<String> needed = parents.get(task);
        if (needed != null && parents.containsKey(parent)) {
            needed.add(parent);
        }
    }

    private static String id(JsonNode task) {
        return task.path("id").asText(task.path("name").asText());
    }

    private static WorkflowInstance ordered(
            Path file,
            Map<String, Double> seconds,
            Map<String, TreeSet<String>> parents,
            Map<String, List<String>> children,
            double makespan) {
        Map<String, Integer> waiting = new HashMap<>();
        Map<String, Integer> position = new LinkedHashMap<>();
        Deque<String> free = new ArrayDeque<>();
        parents.forEach((task, needed) -> {
            waiting.put(task, needed.size());
            if (needed.isEmpty()) {
                free.add(task);
            }
        });
        while (!free.isEmpty()) {
            String task = free.remove();
            position.put(task, position.size());
            for (String child : children.getOrDefault(task, List.of())) {
                if (waiting.merge(child, -1, Integer::sum) == 0) {
                    free.add(child);
                }
            }
        }
        if (position.size() < parents.size()) {
            throw new FettleException(ErrorCode.BAD_INPUT, file + ": its tasks form a cycle; expected none");
        }
        double[] times = new double[position.size()];
        int[][] needs = new int[times.length][];
        position.forEach((task, i) -> {
            times[i] = Math.max(0, seconds.getOrDefault(task, 0.0));
            needs[i] = parents.getOrDefault(task, new TreeSet<>()).stream()
                    .mapToInt(parent -> position.getOrDefault(parent, 0))
                    .toArray();
        });
        return new WorkflowInstance(times, needs, makespan);
    }
}
