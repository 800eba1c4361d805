/** Contracts for validators. */
@NullMarked
package dev.fettle.testkit.validate;

import org.jspecify.annotations.NullMarked;
