/** What makes agent teams slow, expensive or unreliable. */
@NullMarked
package dev.fettle.strategies.team.detect;

import org.jspecify.annotations.NullMarked;
