package dev.fettle.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fettle.api.profile.PerformanceProfile;
import dev.fettle.api.trace.ExecutionTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileMergeTest {
    private static void assertSame(PerformanceProfile profile, PerformanceProfile expected) {
        expected.nodes()
                .forEach((id, node) -> assertThat(profile.nodes().get(id)).isEqualTo(node));
        expected.tools()
                .forEach((id, tool) -> assertThat(profile.tools().get(id)).isEqualTo(tool));
        assertThat(profile.transitions()).isEqualTo(expected.transitions());
        assertThat(profile.cost()).isEqualTo(expected.cost());
        assertThat(profile.sample())
                .extracting(ExecutionTrace::id)
                .isEqualTo(expected.sample().stream().map(ExecutionTrace::id).toList());
        assertThat(profile.equals(expected)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_order_of_traces_does_not_matter(long seed) {
        List<ExecutionTrace> traces = new RandomTraces(seed).list(300);
        List<ExecutionTrace> shuffled = new ArrayList<>(traces);
        Collections.shuffle(shuffled, new Random(seed));

        assertSame(Profiled.of(shuffled), Profiled.of(traces));
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void merging_parts_in_any_grouping_and_order_gives_the_profile_of_all(long seed) {
        Random random = new Random(seed);
        List<ExecutionTrace> traces = new RandomTraces(seed).list(400);
        // tight limits, so that everything that is bounded overflows
        ProfileSettings tight = new ProfileSettings(7, 40, 4, 2, 1, 2, 5, 3, 2);
        for (ProfileSettings settings : List.of(ProfileSettings.DEFAULT, tight)) {
            PerformanceProfile whole =
                    Profiled.add(new ProfileAccumulator(settings), traces).profile(Profiled.MODELS);
            List<ProfileAccumulator> parts = new ArrayList<>();
            for (int from = 0; from < traces.size(); ) {
                int to = Math.min(traces.size(), from + 1 + random.nextInt(120));
                parts.add(Profiled.add(new ProfileAccumulator(settings), traces.subList(from, to)));
                from = to;
            }
            while (parts.size() > 1) {
                ProfileAccumulator one = parts.remove(random.nextInt(parts.size()));
                parts.get(random.nextInt(parts.size())).merge(one);
            }
            assertSame(parts.get(0).profile(Profiled.MODELS), whole);
        }
    }

    @Test
    void merging_leaves_the_other_side_as_it_was_and_both_can_go_on() {
        List<ExecutionTrace> traces = new RandomTraces(21).list(200);
        ProfileAccumulator left = Profiled.add(new ProfileAccumulator(), traces.subList(0, 100));
        ProfileAccumulator right = Profiled.add(new ProfileAccumulator(), traces.subList(100, 150));
        PerformanceProfile before = right.profile(Profiled.MODELS);
        left.merge(right);
        Profiled.add(left, traces.subList(150, 200));

        assertSame(right.profile(Profiled.MODELS), before);
        assertSame(left.profile(Profiled.MODELS), Profiled.of(traces));
    }

    @Test
    void accumulators_with_different_limits_cannot_be_merged() {
        ProfileSettings other = new ProfileSettings(7, 40, 4, 2, 1, 2, 5, 3, 2);
        assertThatThrownBy(() -> new ProfileAccumulator().merge(new ProfileAccumulator(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("different settings");
    }
}
