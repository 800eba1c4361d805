/** The instances for Jenetics (Apache License 2.0). */
@NullMarked
package dev.fettle.benchmarks.peers.jenetics;

import org.jspecify.annotations.NullMarked;
