package dev.fettle.api.detect;

import dev.fettle.api.Plugin;
import dev.fettle.api.Stable;
import java.util.List;

/**
 * Finds one kind of problem in a profile. Registered with {@code @AutoService(BottleneckDetector.class)}.
 *
 * <p>For one profile a detector is asked once, by one thread; other detectors may look at the same profile at the same time.
 */
@Stable
public interface BottleneckDetector extends Plugin {
    /** The problems found; empty where there are none or too little was recorded to tell. */
    List<Bottleneck> detect(DetectionContext context);
}
