/** HTTP on the calling thread, with cancellation and limits, leaving no threads behind. */
@NullMarked
package dev.fettle.runtime.http;

import org.jspecify.annotations.NullMarked;
