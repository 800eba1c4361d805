/** Strategies that tune agent teams. */
@NullMarked
package dev.fettle.strategies.team.tune;

import org.jspecify.annotations.NullMarked;
