package dev.fettle.api;

/** Why an operation failed, coarse enough for a caller to act on. */
@Stable
public enum ErrorCode {
    /** The input (a file, a definition, a trace) is not usable; the message says where and why. */
    BAD_INPUT,
    /** A command, option or setting is not usable. */
    USAGE,
    /** A plugin could not be loaded, is missing, or two share a name. */
    PLUGIN,
    /** A configured limit (size, time, money, steps) was reached; the message names the setting. */
    LIMIT,
    /** Running a workflow failed. */
    EXECUTION,
    /** A defect in Fettle itself. */
    INTERNAL
}
