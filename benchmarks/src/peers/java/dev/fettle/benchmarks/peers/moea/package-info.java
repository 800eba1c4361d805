/** The instances for the MOEA Framework (LGPL 3). */
@NullMarked
package dev.fettle.benchmarks.peers.moea;

import org.jspecify.annotations.NullMarked;
