/** The instances for Timefold Solver (Apache License 2.0). */
@NullMarked
package dev.fettle.benchmarks.peers.timefold;

import org.jspecify.annotations.NullMarked;
