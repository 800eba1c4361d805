/** Search spaces, evaluators and search algorithms. */
@NullMarked
package dev.fettle.api.search;

import org.jspecify.annotations.NullMarked;
