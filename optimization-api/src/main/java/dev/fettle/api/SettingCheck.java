package dev.fettle.api;

/** Refuses settings that cannot be used; for the constructors of records of settings. */
@Stable
public final class SettingCheck {
    private SettingCheck() {}

    /** @throws FettleException where the value is below the least */
    public static void atLeast(String setting, long value, long least) {
        check(value >= least, setting, value, "at least " + least);
    }

    /** @throws FettleException where the value is below the least, infinite or no number */
    public static void atLeast(String setting, double value, double least) {
        check(
                value >= least && value < Double.POSITIVE_INFINITY,
                setting,
                value,
                "a finite number of at least " + least);
    }

    /** @throws FettleException where the value is not above the limit, infinite or no number */
    public static void above(String setting, double value, double limit) {
        check(value > limit && value < Double.POSITIVE_INFINITY, setting, value, "a finite number above " + limit);
    }

    /** @throws FettleException where the value is not above 0 and below 1 */
    public static void part(String setting, double value) {
        check(value > 0 && value < 1, setting, value, "a part above 0 and below 1");
    }

    /** @throws FettleException where the value is not between 0 and 1 */
    public static void share(String setting, double value) {
        check(value >= 0 && value <= 1, setting, value, "a share between 0 and 1");
    }

    /**
     * @param usable whether the value can be used
     * @param setting its name, as users write it
     * @param expected what can be used, such as {@code at least 1}
     * @throws FettleException where it cannot
     */
    public static void check(boolean usable, String setting, Object value, String expected) {
        if (!usable) {
            throw new FettleException(
                    ErrorCode.USAGE, "the setting " + setting + " is (" + value + "); expected " + expected);
        }
    }
}
