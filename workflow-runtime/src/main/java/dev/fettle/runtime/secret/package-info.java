/** Secrets from the environment, and keeping them out of what is recorded and said. */
@NullMarked
package dev.fettle.runtime.secret;

import org.jspecify.annotations.NullMarked;
