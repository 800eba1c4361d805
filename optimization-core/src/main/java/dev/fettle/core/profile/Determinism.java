package dev.fettle.core.profile;

import dev.fettle.api.profile.Rate;
import dev.fettle.api.trace.ExecutionTrace;
import java.time.Instant;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How often a tool gave the same result for the same arguments. Compared are pairs of successive calls with identical
 * arguments: within a run by their start, and the last call of a run with the first of the next run by the start of the
 * runs.
 *
 * <p>Memory is bounded by two samples, each chosen by hash so that it depends on the set of traces alone: the arguments
 * (those with the smallest hashes; pairs of other arguments do not count at all) and, for each of them, the runs whose
 * last and first results are compared across runs. Pairs within a run all count. Where neither sample is full, every pair
 * of successive calls counts.
 */
final class Determinism implements Mergeable<Determinism> {
    private final int maxArguments;
    private final int maxRuns;
    private final TreeMap<Long, Argument> arguments = new TreeMap<>();

    Determinism(int maxArguments, int maxRuns) {
        this.maxArguments = maxArguments;
        this.maxRuns = maxRuns;
    }

    /** The first and last result of a run for one argument, as hashes. */
    private record Run(long hash, long startSecond, int startNano, long first, long last) {
        private static final Comparator<Run> BY_HASH = Comparator.comparingLong(Run::hash)
                .thenComparingLong(Run::startSecond)
                .thenComparingInt(Run::startNano)
                .thenComparingLong(Run::first)
                .thenComparingLong(Run::last);
        private static final Comparator<Run> BY_TIME = Comparator.comparingLong(Run::startSecond)
                .thenComparingInt(Run::startNano)
                .thenComparing(BY_HASH);
    }

    private static final class Argument {
        private long pairs;
        private long equal;
        private final TreeMap<Run, Integer> runs = new TreeMap<>(Run.BY_HASH);
        private int count;

        private void add(Run run, int times, int limit) {
            runs.merge(run, times, Integer::sum);
            count += times;
            while (count > limit) {
                Run last = runs.lastKey();
                runs.merge(last, -1, (held, less) -> held + less == 0 ? null : held + less);
                count--;
            }
        }
    }

    /** The pairs of one run: its first and last result for one tool with one set of arguments, and those in between. */
    void add(String question, ExecutionTrace trace, String first, String last, long pairs, long equal) {
        long key = StableHash.of(question);
        if (arguments.size() == maxArguments && key > arguments.lastKey()) {
            return;
        }
        Argument argument = argument(key);
        argument.pairs += pairs;
        argument.equal += equal;
        Instant start = trace.startedAt();
        Run run = new Run(
                StableHash.of(trace.id()),
                start.getEpochSecond(),
                start.getNano(),
                StableHash.of(first),
                StableHash.of(last));
        argument.add(run, 1, maxRuns);
        limit();
    }

    private Argument argument(long key) {
        return arguments.computeIfAbsent(key, absent -> new Argument());
    }

    private void limit() {
        while (arguments.size() > maxArguments) {
            arguments.pollLastEntry();
        }
    }

    @Override
    public void merge(Determinism other) {
        other.arguments.forEach((key, from) -> {
            Argument argument = argument(key);
            argument.pairs += from.pairs;
            argument.equal += from.equal;
            from.runs.forEach((run, times) -> argument.add(run, times, maxRuns));
        });
        limit();
    }

    Rate rate() {
        long pairs = 0;
        long equal = 0;
        for (Argument argument : arguments.values()) {
            pairs += argument.pairs;
            equal += argument.equal;
            TreeSet<Run> byTime = new TreeSet<>(Run.BY_TIME);
            byTime.addAll(argument.runs.keySet());
            Run previous = null;
            for (Run run : byTime) {
                int repeats = argument.runs.getOrDefault(run, 1) - 1;
                pairs += repeats;
                equal += run.first() == run.last() ? repeats : 0;
                if (previous != null) {
                    pairs++;
                    equal += previous.last() == run.first() ? 1 : 0;
                }
                previous = run;
            }
        }
        return Rate.of(equal, pairs);
    }
}
