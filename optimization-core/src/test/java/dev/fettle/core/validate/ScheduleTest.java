package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.core.validate.Schedule.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /** Recorded runs of an input answer in turn, so each does if there are as many pairs. */
    @ParameterizedTest
    @CsvSource({"1, 5", "5, 3", "5, 4", "4, 5", "6, 3", "20, 1"})
    void everyRecordedRunOfEveryInputAnswersAPair(int inputs, int recorded) {
        for (int seed = 0; seed < 20; seed++) {
            List<Slot> slots = Schedule.of(20, 5, inputs, new Random(seed));

            Map<Integer, Set<Integer>> answered = new HashMap<>();
            slots.stream().filter(slot -> !slot.noise()).forEach(slot -> answered.computeIfAbsent(
                            slot.input(), input -> new TreeSet<>())
                    .add(slot.turn() % recorded));
            assertThat(answered).hasSize(inputs);
            assertThat(answered.values()).allMatch(runs -> runs.size() == recorded);
            assertThat(slots.stream()
                            .filter(Slot::noise)
                            .map(slot -> slot.turn() % recorded)
                            .distinct())
                    .hasSizeGreaterThanOrEqualTo(Math.min(3, recorded));
        }
    }
}
