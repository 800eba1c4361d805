/** What claims rest on, in figures and in words. */
@NullMarked
package dev.fettle.api.evidence;

import org.jspecify.annotations.NullMarked;
