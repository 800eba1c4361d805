package dev.fettle.core.optimize;

import dev.fettle.api.execute.Recording;
import dev.fettle.core.estimate.Interference;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What runs of a project came to.
 *
 * @param runs that were made, warm-up not counted
 * @param failed those that did not succeed
 * @param answered calls that a recording answered
 * @param effects results of external effects, to be replayed in a dry run
 * @param paused those that wait for a person; not among the failed
 * @param interference how much two of them at once slow each other
 * @param errors why runs failed, one sentence each, without repetitions
 */
public record Runs(
        int runs,
        int failed,
        int paused,
        int answered,
        Recording effects,
        Interference interference,
        List<String> errors) {
    public Runs {
        errors = List.copyOf(new ArrayList<>(new LinkedHashSet<>(errors)));
    }
}
