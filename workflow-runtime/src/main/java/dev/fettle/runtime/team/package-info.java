/** How the members of a team take turns. */
@NullMarked
package dev.fettle.runtime.team;

import org.jspecify.annotations.NullMarked;
