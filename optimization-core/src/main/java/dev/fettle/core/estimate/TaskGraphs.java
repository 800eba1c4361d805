package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles a trace under the arrangement of a candidate to a {@link TaskGraph}, by the rules of {@link TraceReplay}. */
final class TaskGraphs {
    private final ReplayTrace trace;
    private final CandidateEffects effects;
    private final ReplaySettings settings;
    private final Set<String> changing;
    private final TaskGraph.Builder builder = new TaskGraph.Builder();

    private TaskGraphs(ReplayTrace trace, CandidateEffects effects, ReplaySettings settings, Set<String> changing) {
        this.trace = trace;
        this.effects = effects;
        this.settings = settings;
        this.changing = changing;
    }

    /**
     * @param changing nodes that some option changes: their steps stay whole
     * @param orders of tasks that are known
     */
    static TaskGraph compile(
            ReplayTrace trace,
            CandidateEffects effects,
            ReplaySettings settings,
            Set<String> changing,
            Map<List<List<Integer>>, TaskOrder> orders) {
        return new TaskGraphs(trace, effects, settings, changing).compile(orders);
    }

    private boolean gone(Step step) {
        return effects.of(step).gone();
    }

    private TaskGraph compile(Map<List<List<Integer>>, TaskOrder> orders) {
        level(trace.topLevel, 0, trace.seconds, 0, List.of());
        return new TaskGraph(builder, trace.steps.size(), orders);
    }

    /**
     * Adds what ran inside something.
     *
     * @param start and {@code end}: recorded, of what holds the items
     * @return the task that ends it
     */
    private int level(List<Step.Item> items, double start, double end, double delay, List<Integer> before) {
        double[] lengths = lengths(items);
        List<Group> groups = Group.of(items, lengths, effects);
        int n = groups.size();
        List<Step.Item> units = groups.stream().map(group -> group.unit(items)).toList();
        int first = builder.constant(delay, 0, before);
        int[] lastTasks = new int[n];
        boolean[] followed = new boolean[n];
        double last = start;
        for (int i = 0; i < n; i++) {
            Step.Item unit = units.get(i);
            last = Math.max(last, unit.end());
            double basis = start;
            List<Integer> after = new ArrayList<>();
            for (int j : precedingDirectly(units, i)) {
                after.add(lastTasks[j]);
                followed[j] = true;
            }
            for (int j = 0; j < i; j++) {
                basis = units.get(j).end() <= unit.start()
                        ? Math.max(basis, units.get(j).end())
                        : basis;
            }
            lastTasks[i] =
                    add(groups.get(i), items, lengths, unit.start() - basis, after.isEmpty() ? List.of(first) : after);
        }
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (!followed[i]) {
                open.add(lastTasks[i]);
            }
        }
        return builder.constant(0, end - last, open.isEmpty() ? List.of(first) : open);
    }

    private double[] lengths(List<Step.Item> items) {
        return items.stream()
                .mapToDouble(item -> item.step() == null || !gone(item.step()) ? 0 : Timeline.GONE)
                .toArray();
    }

    /** Units that had ended when this one started, without those that had ended when one of them started. */
    private static List<Integer> precedingDirectly(List<Step.Item> units, int unit) {
        List<Integer> before = new ArrayList<>();
        int latest = -1;
        for (int j = 0; j < unit; j++) {
            if (units.get(j).end() <= units.get(unit).start()) {
                before.add(j);
                // sorted by start: the last one found starts latest, and is after all that had ended by then
                latest = j;
            }
        }
        List<Integer> direct = new ArrayList<>();
        for (int j : before) {
            if (j == latest || units.get(j).end() > units.get(latest).start()) {
                direct.add(j);
            }
        }
        return direct;
    }

    private int add(Group group, List<Step.Item> items, double[] lengths, double delay, List<Integer> before) {
        if (group.members.size() > 1) {
            return group.recorded
                    ? recordedBlock(group, items, delay, before)
                    : formedBlock(group, items, delay, before);
        }
        int position = group.members.get(0);
        Step.Item item = items.get(position);
        Step step = item.step();
        if (step == null) {
            return builder.constant(delay, item.end() - item.start(), before);
        }
        return lengths[position] < 0 ? builder.constant(0, 0, before) : step(step, delay, before);
    }

    private int step(Step step, double delay, List<Integer> before) {
        return opens(step, changing)
                ? level(step.items(), step.start, step.end, delay, before)
                : builder.step(delay, step, before);
    }

    /**
     * Whether a step is taken apart into what ran inside it, rather than being a task of its own.
     *
     * @param changing nodes that some option changes
     */
    static boolean opens(Step step, Set<String> changing) {
        return !step.children.isEmpty() && !changing.contains(step.node());
    }

    /** The outermost step that is one task and holds this one. */
    static Step task(Step step, Set<String> changing) {
        Step task = step;
        for (Step outer = step.parent; outer != null; outer = outer.parent) {
            task = opens(outer, changing) ? task : outer;
        }
        return task;
    }

    private int recordedBlock(Group group, List<Step.Item> items, double delay, List<Integer> before) {
        List<Step> members = group.steps(items);
        Step.Item unit = group.unit(items);
        int[][] needs = BlockReplay.needs(members, effects, true);
        int start = builder.constant(delay, 0, before);
        int[] tasks = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            Step member = members.get(i);
            double basis = unit.start();
            for (int need : needs[i]) {
                basis = Math.max(basis, members.get(need).end);
            }
            tasks[i] = member(member, member.start - basis, needs[i], tasks, start);
        }
        return builder.constant(0, 0, ends(needs, tasks));
    }

    private int member(Step member, double delay, int[] needs, int[] tasks, int start) {
        List<Integer> after = new ArrayList<>();
        for (int need : needs) {
            after.add(tasks[need]);
        }
        if (after.isEmpty()) {
            after.add(start);
        }
        return gone(member) ? builder.constant(0, 0, after) : step(member, delay, after);
    }

    private static List<Integer> ends(int[][] needs, int[] tasks) {
        boolean[] needed = new boolean[tasks.length];
        for (int[] own : needs) {
            for (int need : own) {
                needed[need] = true;
            }
        }
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < tasks.length; i++) {
            if (!needed[i]) {
                ends.add(tasks[i]);
            }
        }
        return ends;
    }

    private int formedBlock(Group group, List<Step.Item> items, double delay, List<Integer> before) {
        List<Step> members = group.steps(items);
        int[][] needs = BlockReplay.needs(members, effects, false);
        double[] delays = group.delays(items);
        double demand = members.stream().mapToDouble(member -> member.cpuShare).sum();
        if (demand > settings.processors() || members.size() > settings.workers()) {
            return builder.contended(delay, new TaskGraph.Contended(members, delays, needs), before);
        }
        int start = builder.constant(delay, 0, before);
        int[] tasks = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            tasks[i] = member(members.get(i), delays[i], needs[i], tasks, start);
        }
        return builder.constant(0, 0, ends(needs, tasks));
    }
}
