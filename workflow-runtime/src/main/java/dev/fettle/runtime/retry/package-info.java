/** How often, and after what wait, what failed is tried again. */
@NullMarked
package dev.fettle.runtime.retry;

import org.jspecify.annotations.NullMarked;
