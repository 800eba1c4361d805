/** How fast recorded runs are replayed. */
@NullMarked
package dev.fettle.benchmarks.replay;

import org.jspecify.annotations.NullMarked;
