package dev.fettle.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A type that plugins and programs can rely on: a plugin that was compiled against it goes on to work within a major version.
 * The build compares such types with the last agreed ones, and fails where a change is not compatible.
 */
@Stable
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface Stable {}
