/** Evidence that a plan keeps the behaviour of a workflow. */
@NullMarked
package dev.fettle.api.validate;

import org.jspecify.annotations.NullMarked;
