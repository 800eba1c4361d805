package dev.fettle.core.report;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.StateAccess;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which members of a parallel block wait for which: each for the earlier-listed ones that write what it reads. Where the
 * keys of one of two are not known, the later waits.
 */
final class MemberFlow {
    private final List<Node> members;
    private final List<BitSet> sources = new ArrayList<>();

    MemberFlow(List<Node> members) {
        this.members = members;
        List<StateAccess> access = members.stream().map(MemberFlow::access).toList();
        for (int later = 0; later < members.size(); later++) {
            BitSet before = new BitSet();
            for (int earlier = 0; earlier < later; earlier++) {
                before.set(earlier, feeds(access.get(earlier), access.get(later)));
            }
            sources.add(before);
        }
    }

    private static StateAccess access(Node node) {
        if (node.members().isEmpty()) {
            return node.state();
        }
        Set<String> reads = new LinkedHashSet<>();
        Set<String> writes = new LinkedHashSet<>();
        boolean known = true;
        for (Node member : node.members()) {
            StateAccess one = access(member);
            reads.addAll(one.reads());
            writes.addAll(one.writes());
            known &= one.known();
        }
        return new StateAccess(reads, writes, known);
    }

    private static boolean feeds(StateAccess earlier, StateAccess later) {
        return !earlier.known() || !later.known() || earlier.writes().stream().anyMatch(later.reads()::contains);
    }

    /** The members in layers: each in the first layer below all that it waits for. */
    List<List<Node>> layers() {
        int[] depth = new int[members.size()];
        List<List<Node>> layers = new ArrayList<>();
        for (int i = 0; i < depth.length; i++) {
            for (int source = sources.get(i).nextSetBit(0);
                    source >= 0;
                    source = sources.get(i).nextSetBit(source + 1)) {
                depth[i] = Math.max(depth[i], depth[source] + 1);
            }
            while (layers.size() <= depth[i]) {
                layers.add(new ArrayList<>());
            }
            layers.get(depth[i]).add(members.get(i));
        }
        return layers;
    }

    /** The members that a member waits for, without those that another of them waits for anyway. */
    List<Node> direct(int member) {
        BitSet direct = (BitSet) sources.get(member).clone();
        BitSet above = new BitSet();
        for (int source = member - 1; source >= 0; source--) {
            if (above.get(source)) {
                direct.clear(source);
            }
            if (above.get(source) || direct.get(source)) {
                above.or(sources.get(source));
            }
        }
        return direct.stream().mapToObj(members::get).toList();
    }
}
