/** Changes of agent teams. */
@NullMarked
package dev.fettle.strategies.team.change;

import org.jspecify.annotations.NullMarked;
