/** Tests and contracts for strategies. */
@NullMarked
package dev.fettle.testkit.strategy;

import org.jspecify.annotations.NullMarked;
