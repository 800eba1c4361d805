package dev.fettle.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fettle.benchmarks.choicedag.ChoiceDag;
import dev.fettle.benchmarks.choicedag.ChoiceDag.Option;
import dev.fettle.benchmarks.choicedag.GeneratedDag;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The other systems are given the problem that Fettle is given. */
class PeersTest {
    private static final List<Peer> PEERS = ServiceLoader.load(Peer.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    /** Every choice of a small graph, looked at one by one. */
    private static double optimum(ChoiceDag dag) {
        int width = dag.options().get(0).size();
        int[] choices = new int[dag.nodes()];
        double best = Double.POSITIVE_INFINITY;
        for (long number = 0; number < Math.pow(width, dag.nodes()); number++) {
            long rest = number;
            for (int node = 0; node < choices.length; node++) {
                choices[node] = (int) (rest % width);
                rest /= width;
            }
            best = Math.min(best, dag.score(choices));
        }
        return best;
    }

    @Test
    void eachFindsTheOptimumOfASmallGraph() {
        ChoiceDag dag = GeneratedDag.of(1, 8, 3);
        double optimum = optimum(dag);
        assertThat(PEERS).hasSize(4);
        for (Peer peer : PEERS) {
            Course course = new Course();
            Peer.Outcome outcome = peer.search(dag, 1, 1, course);
            assertThat(dag.score(outcome.choices())).as(peer.name()).isCloseTo(optimum, within(1e-9));
            assertThat(course.after(100)).as(peer.name()).isCloseTo(optimum, within(1e-9));
        }
    }

    @Test
    void cpSatProvesTheOptimumOfASmallGraph() {
        ChoiceDag dag = GeneratedDag.of(2, 8, 3);
        Peer solver = PEERS.stream()
                .filter(peer -> peer.name().contains("CP-SAT"))
                .findFirst()
                .orElseThrow();
        assertThat(solver.search(dag, 5, 1, new Course()).lowerBound()).isCloseTo(optimum(dag), within(1e-8));
    }

    @Test
    void anOptionThatIsBetterInEverythingIsTakenByAll() {
        ChoiceDag dag = new ChoiceDag(
                1, 1, 1, 10, List.of(new int[0]), List.of(List.of(new Option(9, 9, 1), new Option(1, 1, 9))));
        for (Peer peer : PEERS) {
            assertThat(peer.search(dag, 0.2, 1, new Course()).choices())
                    .as(peer.name())
                    .containsExactly(1);
        }
    }
}
