/** State values: JSON with a canonical form, a hash and a size. */
@NullMarked
package dev.fettle.runtime.value;

import org.jspecify.annotations.NullMarked;
