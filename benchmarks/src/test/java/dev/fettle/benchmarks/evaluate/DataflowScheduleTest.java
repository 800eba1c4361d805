package dev.fettle.benchmarks.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataflowScheduleTest {
    @TempDir
    Path folder;

    private static WorkflowInstance random(long seed) {
        Random random = new Random(seed);
        int n = 2 + random.nextInt(60);
        double[] seconds = random.doubles(n, 0.1, 10).toArray();
        int[][] parents = IntStream.range(0, n)
                .mapToObj(i -> IntStream.range(0, i)
                        .filter(j -> random.nextInt(12) == 0)
                        .toArray())
                .toArray(int[][]::new);
        return new WorkflowInstance(seconds, parents, Double.NaN);
    }

    @Test
    void withEnoughWorkersThePredictionIsTheCriticalPath() {
        for (long seed = 0; seed < 50; seed++) {
            WorkflowInstance instance = random(seed);
            assertThat(DataflowSchedule.predict(instance, 100)).isCloseTo(instance.criticalPath(), within(1e-6));
        }
    }

    @Test
    void withFewWorkersItLiesBetweenTheBoundAndGrahamsGuarantee() {
        for (long seed = 0; seed < 50; seed++) {
            WorkflowInstance instance = random(seed);
            for (int workers : new int[] {1, 2, 4}) {
                double predicted = DataflowSchedule.predict(instance, workers);
                assertThat(predicted).isGreaterThanOrEqualTo(instance.bound(workers) - 1e-6);
                assertThat(predicted)
                        .isLessThanOrEqualTo(
                                instance.work() / workers + (1 - 1.0 / workers) * instance.criticalPath() + 1e-6);
            }
        }
    }

    @Test
    void anInstanceIsReadInTopologicalOrder() throws Exception {
        Path file = Files.writeString(folder.resolve("one.json"), """
                {"name": "x", "schemaVersion": "1.5", "workflow": {
                  "specification": {"tasks": [
                    {"id": "last", "parents": ["a", "b"], "children": []},
                    {"id": "a", "parents": [], "children": ["last"]},
                    {"id": "b", "parents": ["a"], "children": ["last"]}]},
                  "execution": {"makespanInSeconds": 20, "tasks": [
                    {"id": "a", "runtimeInSeconds": 2}, {"id": "b", "runtimeInSeconds": 3},
                    {"id": "last", "runtimeInSeconds": 4}]}}}
                """);
        WorkflowInstance instance = WorkflowInstance.read(file);
        assertThat(instance.criticalPath()).isEqualTo(9);
        assertThat(instance.bound(1)).isEqualTo(9);
        assertThat(instance.makespanSeconds()).isEqualTo(20);
    }
}
