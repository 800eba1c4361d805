package dev.fettle.runtime.graph;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
import dev.fettle.runtime.node.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which members of a block wait for which: each for the earlier-listed ones that may write what it may read. */
final class MemberGraph {
    private final List<StateAccess> access = new ArrayList<>();
    private final List<List<Integer>> sources = new ArrayList<>();
    private final Map<String, List<String>> waits = new LinkedHashMap<>();

    MemberGraph(List<Node> members) {
        members.forEach(member -> access.add(Access.of(member)));
        for (int later = 0; later < members.size(); later++) {
            List<Integer> before = new ArrayList<>();
            for (int earlier = 0; earlier < later; earlier++) {
                if (feeds(access.get(earlier), access.get(later))) {
                    before.add(earlier);
                }
            }
            sources.add(List.copyOf(before));
            waits.put(
                    members.get(later).id(),
                    before.stream().map(source -> members.get(source).id()).toList());
        }
    }

    private static boolean feeds(StateAccess earlier, StateAccess later) {
        if (!earlier.known() || !later.known()) {
            return true;
        }
        return earlier.writes().stream().anyMatch(later.reads()::contains);
    }

    /** From each member to those that it waits for, all in listed order. */
    Map<String, List<String>> waits() {
        return waits;
    }

    /** The members that this one waits for, in listed order. */
    List<Integer> sources(int member) {
        return sources.get(member);
    }

    /** The keys that the member may read; null for any. */
    @Nullable
    Set<String> reads(int member) {
        StateAccess reads = access.get(member);
        return reads.known() ? reads.reads() : null;
    }
}
