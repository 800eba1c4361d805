package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.util.List;
import java.util.function.Consumer;

/** What happens to calls that leave the workflow: its external effects, its tools and its models. */
@Evolving
public sealed interface EffectPolicy {
    /**
     * They are made.
     *
     * @param recorder takes them one by one when the run has ended, in the order in which they ended, so that what it does
     *     takes no time of the run
     */
    record Perform(Consumer<RecordedCall> recorder) implements EffectPolicy {
        private static final Consumer<RecordedCall> NOBODY = Perform::ignore;

        /** They are made and not recorded. */
        public Perform() {
            this(NOBODY);
        }

        private static void ignore(RecordedCall call) {
            // Nobody asked for it.
        }

        /** Whether somebody takes the calls. */
        public boolean recorded() {
            return !recorder.equals(NOBODY);
        }
    }

    /**
     * Those that the rules name are not made: each is answered with the recorded answer to the same question, and takes
     * the recorded time in the run's trace. External and unknown effects are never performed.
     *
     * @param turn which of several recorded runs on the same input answers; at least 0
     */
    record Replay(Recording recording, ReplayRules rules, int turn) implements EffectPolicy {
        public Replay {
            if (turn < 0) {
                throw new IllegalArgumentException("turn is (" + turn + "); expected at least 0");
            }
        }

        /** Answers external and unknown effects, and runs all else. */
        public Replay(List<RecordedEffect> recorded) {
            this(Recording.ofEffects(recorded), ReplayRules.EFFECTS, 0);
        }
    }
}
