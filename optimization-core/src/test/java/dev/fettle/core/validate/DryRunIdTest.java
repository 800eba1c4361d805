package dev.fettle.core.validate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fettle.core.validate.DryRunId.Phase;
import dev.fettle.core.validate.DryRunId.Role;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DryRunIdTest {
    @Test
    void whatIsAskedOnceMoreHasAnIdOfItsOwn() {
        Set<String> ids = new HashSet<>();
        for (int place = 0; place < 50; place++) {
            for (int round = 0; round < 2 * Confirmation.ROUNDS; round++) {
                DryRunId id = new DryRunId(Phase.ONCE_MORE, DryRunId.onceMore(place, round), Role.CANDIDATE);

                assertThat(ids.add(id.toString())).isTrue();
                assertThat(DryRunId.parse(id.toString())).isEqualTo(id);
            }
        }
    }
}
