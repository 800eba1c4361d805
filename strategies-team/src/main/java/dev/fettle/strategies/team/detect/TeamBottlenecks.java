package dev.fettle.strategies.team.detect;

import dev.fettle.api.detect.Bottleneck;
import dev.fettle.api.detect.Evidence;
import dev.fettle.api.detect.Severity;
import dev.fettle.strategies.team.run.Figure;
import java.util.List;

/** The types of bottleneck of agent teams. */
public final class TeamBottlenecks {
    /** The team takes longer than it used to. */
    public static final String SLOW = "team-slow";

    /** Some runs take far longer than the usual one. */
    public static final String OUTLIERS = "team-latency-outliers";

    /** The team succeeds less often than it used to. */
    public static final String UNRELIABLE = "team-unreliable";

    /** Members call tools more than their work needs. */
    public static final String TOOL_USAGE = "team-tool-usage";

    /** Members wait for each other more than they work. */
    public static final String FORMATION = "team-formation";

    /** More members than are of use. */
    public static final String OVERSIZED = "team-oversized";

    /** A member that does nothing. */
    public static final String IDLE_MEMBER = "team-idle-member";

    /** A member that says what another has said. */
    public static final String REDUNDANT_MEMBER = "team-redundant-member";

    /** A member that fails more often than not. */
    public static final String FAILING_MEMBER = "team-failing-member";

    /** More members than calls of work. */
    public static final String MORE_MEMBERS_THAN_WORK = "team-more-members-than-work";

    /** Two members hand work to each other again and again. */
    public static final String HANDOFF_LOOP = "team-handoff-loop";

    /** The lead takes more of the tokens or the time than it is worth. */
    public static final String ORCHESTRATOR = "team-orchestrator-overhead";

    private TeamBottlenecks() {}

    /**
     * @param severity in [0, 1], as the reference of team tuning computes it
     */
    static Severity severity(double severity) {
        if (severity >= 0.75) {
            return Severity.CRITICAL;
        }
        return severity >= 0.5 ? Severity.HIGH : severity >= 0.25 ? Severity.MEDIUM : Severity.LOW;
    }

    static Bottleneck of(
            String type,
            double severity,
            String node,
            List<String> members,
            String metric,
            Figure figure,
            double threshold,
            String text,
            long runs,
            String advice) {
        return new Bottleneck(
                type,
                severity(severity),
                node,
                null,
                members,
                metric,
                figure.value(),
                threshold,
                new Evidence(text, figure.n(), runs, figure.low(), figure.high()),
                advice);
    }
}
