/** The way from traces to a validated plan, and how it is wired. */
@NullMarked
package dev.fettle.core.optimize;

import org.jspecify.annotations.NullMarked;
