/** Recorded runs of agent teams. */
@NullMarked
package dev.fettle.strategies.team.run;

import org.jspecify.annotations.NullMarked;
