package dev.fettle.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.api.workflow.Edge;
import dev.fettle.api.workflow.Workflow;
import dev.fettle.core.report.GraphLayout.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GraphLayoutTest {
    @Test
    void boxesNeverOverlapAndStayOnThePage() {
        for (int size = 1; size < 120; size += 7) {
            GraphLayout layout = GraphLayout.of(SampleReport.discovered(size).before());
            List<Box> boxes = new ArrayList<>(layout.boxes().values());
            assertThat(boxes).hasSize(size);
            for (int i = 0; i < boxes.size(); i++) {
                Box box = boxes.get(i);
                assertThat(box.x()).isGreaterThanOrEqualTo(0);
                assertThat(box.x() + box.width()).isLessThanOrEqualTo(layout.width());
                assertThat(box.bottom()).isLessThanOrEqualTo(layout.height());
                for (Box other : boxes.subList(0, i)) {
                    assertThat(overlap(box, other)).isFalse();
                }
            }
        }
    }

    private static Box box(GraphLayout layout, String node) {
        return Objects.requireNonNull(layout.boxes().get(node), node);
    }

    private static boolean overlap(Box a, Box b) {
        return a.x() < b.x() + b.width() && b.x() < a.x() + a.width() && a.y() < b.bottom() && b.y() < a.bottom();
    }

    @Test
    void everyEdgeThatClosesNoLoopPointsDown() {
        Workflow workflow = SampleReport.discovered(80).before();
        GraphLayout layout = GraphLayout.of(workflow);
        for (Edge edge : workflow.edges()) {
            if (!layout.closesLoop(edge)) {
                assertThat(box(layout, edge.to()).y())
                        .isGreaterThan(box(layout, edge.from()).y());
            }
        }
    }

    @Test
    void membersLieInsideTheirBlock() {
        Workflow after =
                Objects.requireNonNull(SampleReport.optimized("").plan()).workflow();
        GraphLayout layout = GraphLayout.of(after);
        Box block = box(layout, "checks");

        assertThat(block.node().members()).hasSize(4);
        block.node().members().forEach(member -> {
            Box box = box(layout, member.id());
            assertThat(box.x()).isGreaterThan(block.x());
            assertThat(box.y()).isGreaterThan(block.y());
            assertThat(box.x() + box.width()).isLessThan(block.x() + block.width());
            assertThat(box.bottom()).isLessThan(block.bottom());
        });
    }
}
