/** What every search needs: the space, random numbers, the budget, the best so far, and a state to go on from. */
@NullMarked
package dev.fettle.search.run;

import org.jspecify.annotations.NullMarked;
