package dev.fettle.runtime.record;

import dev.fettle.api.trace.NodeOccurrence;
import dev.fettle.runtime.record.BlockSchedule.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * When everything would have happened had answers from a recording taken their recorded time. What ran one after the other
 * moves on by what was added before it. A block is scheduled twice, with the measured and with the recorded times, on as
 * many workers as there are; it grows by the difference, so that a block without replayed calls stays as it was measured.
 *
 * <p>What is not seen: that work which computes at the same time is slower, where replayed calls make it overlap more or
 * less than it would.
 */
final class ReplayedTimes {
    private final Map<String, List<NodeOccurrence>> inside = new LinkedHashMap<>();
    private final Map<String, OpenOccurrence> open;
    private final Map<String, Long> growth = new HashMap<>();
    private final List<NodeOccurrence> placed = new ArrayList<>();
    private final int workers;
    private final long added;

    /**
     * @param ended with their own recorded times counted, and starts as measured
     */
    ReplayedTimes(List<NodeOccurrence> ended, Map<String, OpenOccurrence> open, int workers) {
        this.open = open;
        this.workers = workers;
        List<NodeOccurrence> top = new ArrayList<>();
        for (NodeOccurrence occurrence : ended) {
            (occurrence.parent() == null
                            ? top
                            : inside.computeIfAbsent(occurrence.parent(), parent -> new ArrayList<>()))
                    .add(occurrence);
        }
        this.added = sequence(top, 0, true);
    }

    List<NodeOccurrence> occurrences() {
        return placed;
    }

    /** By how much the run is longer. */
    Duration added() {
        return Duration.ofNanos(added);
    }

    private List<NodeOccurrence> inside(NodeOccurrence occurrence) {
        return inside.getOrDefault(occurrence.id(), List.of());
    }

    private OpenOccurrence open(NodeOccurrence occurrence) {
        OpenOccurrence found = open.get(occurrence.id());
        if (found == null) {
            throw new IllegalStateException("no occurrence (" + occurrence.id() + ") was begun");
        }
        return found;
    }

    private long own(NodeOccurrence occurrence) {
        return open(occurrence).added().toNanos();
    }

    private long measured(NodeOccurrence occurrence) {
        return occurrence.duration().toNanos() - own(occurrence);
    }

    private boolean isBlock(NodeOccurrence occurrence) {
        return !open(occurrence).waits().isEmpty() && !inside(occurrence).isEmpty();
    }

    /** By how much an occurrence takes longer, with all inside it. */
    private long growth(NodeOccurrence occurrence) {
        Long known = growth.get(occurrence.id());
        if (known == null) {
            known = own(occurrence);
            if (isBlock(occurrence)) {
                known += new Block(occurrence, true).end() - new Block(occurrence, false).end();
            } else if (!inside(occurrence).isEmpty()) {
                known += sequence(inside(occurrence), 0, false);
            }
            growth.put(occurrence.id(), known);
        }
        return known;
    }

    /**
     * Moves each on by what was added to those that had ended before it began.
     *
     * @param shift of all of them
     * @param place whether to place them, or only to find out by how much the last end moves
     */
    private long sequence(List<NodeOccurrence> occurrences, long shift, boolean place) {
        record Ended(long measured, long shift) {}
        List<NodeOccurrence> inOrder = new ArrayList<>(occurrences);
        inOrder.sort(Comparator.comparing(NodeOccurrence::start));
        PriorityQueue<Ended> running = new PriorityQueue<>(Comparator.comparingLong(Ended::measured));
        long current = 0;
        long lastMeasured = 0;
        long last = 0;
        for (NodeOccurrence occurrence : inOrder) {
            long start = occurrence.start().toNanos();
            while (!running.isEmpty() && running.peek().measured() <= start) {
                current = Math.max(current, running.remove().shift());
            }
            long moved = current + growth(occurrence);
            long end = start + measured(occurrence);
            running.add(new Ended(end, moved));
            lastMeasured = Math.max(lastMeasured, end);
            last = Math.max(last, end + moved);
            if (place) {
                place(occurrence, start + shift + current);
            }
        }
        return last - lastMeasured;
    }

    private void place(NodeOccurrence occurrence, long start) {
        Duration moved = Duration.ofNanos(start).minus(occurrence.start());
        placed.add(occurrence.toBuilder()
                .start(Duration.ofNanos(start))
                .duration(Duration.ofNanos(Math.max(0, measured(occurrence) + growth(occurrence))))
                .modelCalls(occurrence.modelCalls().stream()
                        .map(call -> OpenOccurrence.at(call, call.start().plus(moved)))
                        .toList())
                .toolCalls(occurrence.toolCalls().stream()
                        .map(call -> OpenOccurrence.at(call, call.start().plus(moved)))
                        .toList())
                .build());
        if (isBlock(occurrence) && growth(occurrence) != own(occurrence)) {
            new Block(occurrence, true).place(start);
        } else {
            sequence(inside(occurrence), moved.toNanos(), true);
        }
    }

    /** A block with the blocks inside it, whose members share the workers. */
    private final class Block {
        private final BlockSchedule schedule = new BlockSchedule(workers);
        private final Map<NodeOccurrence, Task> tasks = new LinkedHashMap<>();
        private final Map<NodeOccurrence, List<Task>> blocks = new LinkedHashMap<>();
        private final boolean recorded;
        private final long end;

        Block(NodeOccurrence block, boolean recorded) {
            this.recorded = recorded;
            add(block, List.of());
            this.end = schedule.run();
        }

        long end() {
            return end;
        }

        /** The tasks that have to end before the block has. */
        private List<Task> add(NodeOccurrence block, List<Task> entry) {
            Map<String, List<String>> waits = open(block).waits();
            Map<String, List<Task>> ends = new HashMap<>();
            List<Task> all = new ArrayList<>();
            Map<String, NodeOccurrence> members = new HashMap<>();
            inside(block).forEach(member -> members.put(name(member, waits), member));
            for (Map.Entry<String, List<String>> listed : waits.entrySet()) {
                NodeOccurrence member = members.get(listed.getKey());
                if (member == null) {
                    continue;
                }
                List<Task> before = new ArrayList<>(entry);
                listed.getValue().forEach(source -> before.addAll(ends.getOrDefault(source, List.of())));
                List<Task> made;
                if (isBlock(member)) {
                    blocks.put(member, before);
                    made = add(member, before);
                } else {
                    long nanos = measured(member) + (recorded ? growth(member) : 0);
                    Task task = schedule.add(nanos, before);
                    tasks.put(member, task);
                    made = List.of(task);
                }
                ends.put(listed.getKey(), made);
                all.addAll(made);
            }
            return all;
        }

        /** A member is recorded by its id, or by a path that ends with it. */
        private String name(NodeOccurrence member, Map<String, List<String>> waits) {
            String node = member.node();
            return waits.containsKey(node) ? node : node.substring(node.lastIndexOf('/') + 1);
        }

        void place(long start) {
            tasks.forEach((member, task) -> ReplayedTimes.this.place(member, start + task.start()));
            blocks.forEach((member, before) -> {
                long ready = before.stream().mapToLong(Task::end).max().orElse(0);
                long last = ready;
                for (NodeOccurrence inner : ReplayedTimes.this.inside(member)) {
                    Task task = tasks.get(inner);
                    last = task == null ? last : Math.max(last, task.end());
                }
                placed.add(member.toBuilder()
                        .start(Duration.ofNanos(start + ready))
                        .duration(Duration.ofNanos(last - ready))
                        .build());
            });
        }
    }
}
