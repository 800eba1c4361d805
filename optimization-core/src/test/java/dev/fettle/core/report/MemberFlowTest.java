package dev.fettle.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Node;
import dev.fettle.api.workflow.NodeBody;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberFlowTest {
    private static Node node(String id, List<String> reads, List<String> writes) {
        return Node.builder(id, new NodeBody.Function(id)).state(reads, writes).build();
    }

    private static List<String> ids(List<Node> nodes) {
        return nodes.stream().map(Node::id).toList();
    }

    @Test
    void aMemberLiesBelowTheEarlierOnesThatWriteWhatItReads() {
        MemberFlow flow = new MemberFlow(List.of(
                node("read", List.of("folder"), List.of("files")),
                node("search", List.of("folder"), List.of("hits")),
                node("lint", List.of("files"), List.of("style")),
                node("write", List.of("files", "style", "hits"), List.of("review"))));

        assertThat(flow.layers().stream().map(MemberFlowTest::ids))
                .containsExactly(List.of("read", "search"), List.of("lint"), List.of("write"));
        assertThat(ids(flow.direct(0))).isEmpty();
        assertThat(ids(flow.direct(3))).containsExactly("search", "lint");
    }

    @Test
    void aLaterWriterFeedsNoEarlierReader() {
        MemberFlow flow = new MemberFlow(
                List.of(node("reader", List.of("x"), List.of("y")), node("writer", List.of(), List.of("x"))));

        assertThat(flow.layers()).hasSize(1);
    }

    @Test
    void aMemberWhoseKeysAreNotKnownWaitsForAllBeforeIt() {
        Node unknown = Node.builder("unknown", new NodeBody.Function(null)).build();
        MemberFlow flow = new MemberFlow(
                List.of(node("a", List.of(), List.of("x")), unknown, node("b", List.of(), List.of("y"))));

        assertThat(flow.layers()).hasSize(3);
        assertThat(ids(flow.direct(2))).containsExactly("unknown");
    }
}
