/** The instances for OR-Tools CP-SAT (Apache License 2.0). */
@NullMarked
package dev.fettle.benchmarks.peers.ortools;

import org.jspecify.annotations.NullMarked;
