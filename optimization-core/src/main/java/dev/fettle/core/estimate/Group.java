package dev.fettle.core.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Items that are one unit in the order of control: the members of a block, or a single item. */
final class Group {
    private final String block;

    /** Whether the members were recorded in this block, rather than one after the other. */
    final boolean recorded;

    /** Positions among the items, in recorded order. */
    final List<Integer> members = new ArrayList<>();

    private final Set<String> nodes = new HashSet<>();

    private Group(String block, boolean recorded) {
        this.block = block;
        this.recorded = recorded;
    }

    /**
     * Groups the items of one level: those that follow each other and are in one block of the candidate. What does not run
     * does not part a block; a node that comes again starts the next run of the block.
     *
     * @param lengths negative for steps that do not run
     * @return by start, then end
     */
    static List<Group> of(List<Step.Item> items, double[] lengths, CandidateEffects effects) {
        List<Group> groups = new ArrayList<>();
        Group open = null;
        for (int i = 0; i < lengths.length; i++) {
            Step step = items.get(i).step();
            Group group = step == null ? new Group("", false) : of(step.node(), effects);
            boolean runs = step != null && (lengths[i] >= 0 || group.recorded);
            if (step != null && runs && group.joins(open, step.node())) {
                group = Objects.requireNonNull(open);
            } else {
                groups.add(group);
            }
            group.members.add(i);
            if (step != null && runs) {
                group.nodes.add(step.node());
                open = group;
            } else if (step == null) {
                open = null;
            }
        }
        groups.sort(
                Comparator.comparingDouble((Group group) -> group.unit(items).start())
                        .thenComparingDouble(group -> group.unit(items).end()));
        return groups;
    }

    private static Group of(String node, CandidateEffects effects) {
        Membership now = effects.block(node);
        Membership then = effects.recordedBlock(node);
        if (then != null && (now == null || now.block().equals(then.block()))) {
            return new Group(then.block(), true);
        }
        return new Group(now == null ? "" : now.block(), false);
    }

    private boolean joins(@Nullable Group other, String node) {
        return other != null
                && !block.isEmpty()
                && block.equals(other.block)
                && recorded == other.recorded
                && !other.nodes.contains(node);
    }

    /** The whole group as one item. */
    Step.Item unit(List<Step.Item> items) {
        if (members.size() == 1) {
            return items.get(members.get(0));
        }
        return new Step.Item(
                items.get(members.get(0)).start(), items.get(last(items)).end(), null, null, null);
    }

    List<Step> steps(List<Step.Item> items) {
        Step[] steps = new Step[members.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = Objects.requireNonNull(items.get(members.get(i)).step());
        }
        return List.of(steps);
    }

    /** Recorded times between the end of what came before each member and its start; 0 for the first. */
    double[] delays(List<Step.Item> items) {
        double[] delays = new double[members.size()];
        for (int i = 1; i < delays.length; i++) {
            delays[i] = delay(items, members.get(i));
        }
        return delays;
    }

    private static double delay(List<Step.Item> items, int index) {
        int before = lastBefore(items, index);
        return before < 0 ? 0 : items.get(index).start() - items.get(before).end();
    }

    /** Position of the item that ended last of those that had ended when one started; -1 where there is none. */
    static int lastBefore(List<Step.Item> items, int index) {
        double start = items.get(index).start();
        int last = -1;
        for (int i = 0; i < index; i++) {
            double end = items.get(i).end();
            last = end <= start && (last < 0 || end > items.get(last).end()) ? i : last;
        }
        return last;
    }

    /** Position of the member that ended last. */
    int last(List<Step.Item> items) {
        int last = members.get(0);
        for (int member : members) {
            last = items.get(member).end() > items.get(last).end() ? member : last;
        }
        return last;
    }
}
