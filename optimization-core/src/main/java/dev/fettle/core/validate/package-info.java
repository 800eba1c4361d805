/** Whether a rewritten workflow keeps the behaviour and gains: static checks, and dry runs of both versions. */
@NullMarked
package dev.fettle.core.validate;

import org.jspecify.annotations.NullMarked;
