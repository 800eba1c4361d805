/** Recorded runs of agent teams in their own format, what they say, and how two sets of them compare. */
@NullMarked
package dev.fettle.core.team;

import org.jspecify.annotations.NullMarked;
