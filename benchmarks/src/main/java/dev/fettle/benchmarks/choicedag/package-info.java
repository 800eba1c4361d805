/** Search problems whose optimum is known: a graph of nodes, each of which chooses one of several options. */
@NullMarked
package dev.fettle.benchmarks.choicedag;

import org.jspecify.annotations.NullMarked;
