/** Statistics of execution traces in memory that does not grow with their number. */
@NullMarked
package dev.fettle.core.profile;

import org.jspecify.annotations.NullMarked;
