package dev.fettle.strategies.basic.parallelization;

import dev.fettle.api.workflow.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Which nodes of a chain need results of which earlier ones, directly or through others. */
final class Dependencies {
    private final List<Node> chain;
    private final List<BitSet> needs = new ArrayList<>();

    Dependencies(List<Node> chain) {
        this.chain = chain;
        Map<String, Integer> writers = new HashMap<>();
        for (int i = 0; i < chain.size(); i++) {
            BitSet needed = new BitSet(chain.size());
            for (String key : chain.get(i).state().reads()) {
                Integer writer = writers.get(key);
                if (writer != null) {
                    needed.set(writer);
                    needed.or(needs.get(writer));
                }
            }
            needs.add(needed);
            for (String key : chain.get(i).state().writes()) {
                writers.put(key, i);
            }
        }
    }

    private boolean needs(int later, int earlier) {
        return needs.get(later).get(earlier);
    }

    /** Whether no node needs a result of another. */
    boolean none() {
        return needs.stream().allMatch(BitSet::isEmpty);
    }

    /**
     * The pieces between the nodes that wait for, or hold up, all others. Within such a piece nodes can run at the same
     * time; a node that is ordered with every other gains nothing from being in a block.
     */
    List<List<Node>> pieces() {
        List<List<Node>> pieces = new ArrayList<>();
        List<Node> piece = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            if (isOrderedWithAllOthers(i)) {
                if (!piece.isEmpty()) {
                    pieces.add(piece);
                    piece = new ArrayList<>();
                }
            } else {
                piece.add(chain.get(i));
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private boolean isOrderedWithAllOthers(int node) {
        for (int other = 0; other < chain.size(); other++) {
            if (other != node && !needs(Math.max(node, other), Math.min(node, other))) {
                return false;
            }
        }
        return true;
    }

    /** Cuts the chain before each node that needs one of the current group: groups without dependencies. */
    List<List<Node>> independentGroups() {
        List<List<Node>> groups = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= chain.size(); i++) {
            boolean cut = i == chain.size() || needs.get(i).nextSetBit(start) >= 0;
            if (cut) {
                groups.add(chain.subList(start, i));
                start = i;
            }
        }
        return groups.stream().filter(group -> group.size() > 1).toList();
    }

    /** The length of the longest path: how long the nodes take when each starts as soon as what it reads is there. */
    double criticalPath(ToDoubleFunction<Node> seconds) {
        double[] end = new double[chain.size()];
        double longest = 0;
        for (int i = 0; i < chain.size(); i++) {
            double start = 0;
            for (int j = needs.get(i).nextSetBit(0); j >= 0; j = needs.get(i).nextSetBit(j + 1)) {
                start = Math.max(start, end[j]);
            }
            end[i] = start + seconds.applyAsDouble(chain.get(i));
            longest = Math.max(longest, end[i]);
        }
        return longest;
    }
}
