/** Tools that are commands in any language. */
@NullMarked
package dev.fettle.runtime.tool.command;

import org.jspecify.annotations.NullMarked;
