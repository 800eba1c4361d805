/** Statistics of many traces of one workflow. */
@NullMarked
package dev.fettle.api.profile;

import org.jspecify.annotations.NullMarked;
