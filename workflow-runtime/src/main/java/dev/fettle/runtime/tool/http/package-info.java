/** Tools that are requests to HTTP servers. */
@NullMarked
package dev.fettle.runtime.tool.http;

import org.jspecify.annotations.NullMarked;
