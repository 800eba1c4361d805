package dev.fettle.search.genetic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.search.CandidateEvaluator;
import dev.fettle.search.genetic.Dominance.Point;
import dev.fettle.search.run.SplitMix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DominanceTest {
    private static Point point(double... objectives) {
        return new Point(new int[0], 0, objectives);
    }

    @Test
    void dominatesByBeingNoWorseAndSomewhereBetter() {
        assertThat(Dominance.dominates(point(1, 2), point(1, 3))).isTrue();
        assertThat(Dominance.dominates(point(1, 2), point(1, 2))).isFalse();
        assertThat(Dominance.dominates(point(1, 4), point(2, 3))).isFalse();
    }

    @Test
    void feasibleDominatesInfeasibleAndLessViolationMore() {
        Point slightly = new Point(new int[0], CandidateEvaluator.INFEASIBLE + 1, new double[] {0, 0});
        Point badly = new Point(new int[0], CandidateEvaluator.INFEASIBLE + 9, new double[] {-1, -1});
        assertThat(Dominance.dominates(point(5, 5), slightly)).isTrue();
        assertThat(Dominance.dominates(slightly, badly)).isTrue();
        assertThat(Dominance.dominates(badly, slightly)).isFalse();
        assertThat(Dominance.dominates(slightly, point(5, 5))).isFalse();
    }

    @Test
    void sortsIntoFrontsOfWhichNoneDominatesAnEarlierOne() {
        SplitMix random = new SplitMix(1);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            points.add(point(random.below(20), random.below(20), random.below(20)));
        }
        List<List<Point>> fronts = Dominance.fronts(points);
        assertThat(fronts.stream().mapToInt(List::size).sum()).isEqualTo(200);
        for (int f = 0; f < fronts.size(); f++) {
            for (Point one : fronts.get(f)) {
                assertThat(fronts.get(f)).noneMatch(other -> Dominance.dominates(other, one));
                if (f > 0) {
                    assertThat(fronts.get(f - 1)).anyMatch(other -> Dominance.dominates(other, one));
                }
            }
        }
    }

    @Test
    void measuresCrowdingByTheBoxBetweenNeighbours() {
        List<Point> front = List.of(point(0, 10), point(1, 6), point(4, 5), point(10, 0));
        assertThat(Dominance.crowding(front))
                .containsExactly(Double.POSITIVE_INFINITY, 0.4 + 0.5, 0.9 + 0.6, Double.POSITIVE_INFINITY);
        assertThat(Dominance.leastCrowded(front, 3)).containsExactly(front.get(0), front.get(3), front.get(2));
    }
}
