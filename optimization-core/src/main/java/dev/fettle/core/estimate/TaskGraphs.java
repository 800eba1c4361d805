package dev.fettle.core.estimate;

import dev.fettle.core.estimate.GraphPattern.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compiles a trace under the arrangement of a candidate to a {@link GraphPattern}, by the rules of {@link TraceReplay}. */
final class TaskGraphs {
    private final ReplayTrace trace;
    private final CandidateEffects effects;
    private final ReplaySettings settings;
    private final Set<String> changing;
    private final int[] firstItems;
    private final GraphPattern.Builder builder = new GraphPattern.Builder();

    /** Items of one level, with the number of the first and of what holds them. */
    private record Level(List<Step.Item> items, int first, int holder) {
        int start(int position) {
            return TraceForm.start(first + position);
        }

        int end(int position) {
            return TraceForm.end(first + position);
        }
    }

    private TaskGraphs(ReplayTrace trace, CandidateEffects effects, ReplaySettings settings, Set<String> changing) {
        this.trace = trace;
        this.effects = effects;
        this.settings = settings;
        this.changing = changing;
        this.firstItems = TraceForm.firstItems(trace);
    }

    /**
     * @param changing nodes that some option changes: their steps stay whole
     * @param orders of tasks that are known
     */
    static GraphPattern compile(
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

    private GraphPattern compile(Map<List<List<Integer>>, TaskOrder> orders) {
        int whole = trace.moments.length / 2 - 1;
        level(new Level(trace.topLevel, 0, whole), Span.NONE, List.of());
        return builder.build(trace.steps.size(), orders);
    }

    private double moment(int moment) {
        return trace.moments[moment];
    }

    private int later(int one, int other) {
        return moment(other) > moment(one) ? other : one;
    }

    /**
     * Adds what ran inside something.
     *
     * @return the task that ends it
     */
    private int level(Level level, Span delay, List<Integer> before) {
        List<Step.Item> items = level.items();
        double[] lengths = lengths(items);
        List<Group> groups = Group.of(items, lengths, effects);
        int n = groups.size();
        List<Step.Item> units = groups.stream().map(group -> group.unit(items)).toList();
        int[] ends =
                groups.stream().mapToInt(group -> level.end(group.last(items))).toArray();
        int first = builder.constant(delay, Span.NONE, before);
        int[] lastTasks = new int[n];
        boolean[] followed = new boolean[n];
        int last = TraceForm.start(level.holder());
        for (int i = 0; i < n; i++) {
            last = later(last, ends[i]);
            int basis = TraceForm.start(level.holder());
            List<Integer> after = new ArrayList<>();
            for (int j : precedingDirectly(units, i)) {
                after.add(lastTasks[j]);
                followed[j] = true;
            }
            for (int j = 0; j < i; j++) {
                basis = units.get(j).end() <= units.get(i).start() ? later(basis, ends[j]) : basis;
            }
            Span wait = new Span(basis, level.start(groups.get(i).members.get(0)));
            lastTasks[i] = add(groups.get(i), level, lengths, wait, after.isEmpty() ? List.of(first) : after);
        }
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            if (!followed[i]) {
                open.add(lastTasks[i]);
            }
        }
        Span tail = new Span(last, TraceForm.end(level.holder()));
        return builder.constant(Span.NONE, tail, open.isEmpty() ? List.of(first) : open);
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

    private int add(Group group, Level level, double[] lengths, Span delay, List<Integer> before) {
        if (group.members.size() > 1) {
            return group.recorded
                    ? recordedBlock(group, level, delay, before)
                    : formedBlock(group, level, delay, before);
        }
        int position = group.members.get(0);
        Step step = level.items().get(position).step();
        if (step == null) {
            return builder.constant(delay, new Span(level.start(position), level.end(position)), before);
        }
        return lengths[position] < 0
                ? builder.constant(Span.NONE, Span.NONE, before)
                : step(step, level.first() + position, delay, before);
    }

    /**
     * @param item its number
     */
    private int step(Step step, int item, Span delay, List<Integer> before) {
        return opens(step, changing)
                ? level(new Level(step.items(), firstItems[step.index], item), delay, before)
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

    private int recordedBlock(Group group, Level level, Span delay, List<Integer> before) {
        int[][] needs = BlockReplay.needs(group.steps(level.items()), effects, true);
        int start = builder.constant(delay, Span.NONE, before);
        int[] tasks = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            int basis = level.start(group.members.get(0));
            for (int need : needs[i]) {
                basis = later(basis, level.end(group.members.get(need)));
            }
            Span wait = new Span(basis, level.start(group.members.get(i)));
            tasks[i] = member(level, group.members.get(i), wait, needs[i], tasks, start);
        }
        return builder.constant(Span.NONE, Span.NONE, ends(needs, tasks));
    }

    private int member(Level level, int position, Span delay, int[] needs, int[] tasks, int start) {
        List<Integer> after = new ArrayList<>();
        for (int need : needs) {
            after.add(tasks[need]);
        }
        if (after.isEmpty()) {
            after.add(start);
        }
        Step step = Objects.requireNonNull(level.items().get(position).step());
        return gone(step)
                ? builder.constant(Span.NONE, Span.NONE, after)
                : step(step, level.first() + position, delay, after);
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

    private int formedBlock(Group group, Level level, Span delay, List<Integer> before) {
        List<Step> steps = group.steps(level.items());
        int[] members = steps.stream().mapToInt(step -> step.index).toArray();
        int[][] needs = BlockReplay.needs(steps, effects, false);
        Span[] delays = delays(group, level);
        if (GraphPattern.compete(trace, members, settings)) {
            return builder.contended(delay, members, delays, needs, before);
        }
        builder.uncontended(members);
        int start = builder.constant(delay, Span.NONE, before);
        int[] tasks = new int[needs.length];
        for (int i = 0; i < needs.length; i++) {
            tasks[i] = member(level, group.members.get(i), delays[i], needs[i], tasks, start);
        }
        return builder.constant(Span.NONE, Span.NONE, ends(needs, tasks));
    }

    /** Of the members, as {@link Group#delays} says it. */
    private static Span[] delays(Group group, Level level) {
        Span[] delays = new Span[group.members.size()];
        for (int i = 0; i < delays.length; i++) {
            int position = group.members.get(i);
            int before = i == 0 ? -1 : Group.lastBefore(level.items(), position);
            delays[i] = before < 0 ? Span.NONE : new Span(level.end(before), level.start(position));
        }
        return delays;
    }
}
