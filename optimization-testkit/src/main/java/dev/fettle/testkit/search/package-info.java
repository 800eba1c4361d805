/** For authors of search algorithms: a contract to extend, problems with known optima, assertions on distributions. */
@NullMarked
package dev.fettle.testkit.search;

import org.jspecify.annotations.NullMarked;
