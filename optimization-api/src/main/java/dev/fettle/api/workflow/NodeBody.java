package dev.fettle.api.workflow;

import dev.fettle.api.Evolving;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node does. One record for each {@link NodeKind}. */
@Evolving
public sealed interface NodeBody {

    NodeKind kind();

    /**
     * A language model with tools.
     *
     * @param model name of the model, as in the price table; null where it is not known
     * @param prompt the instructions, with <code>{key}</code> for a state key that the node reads
     */
    record Agent(@Nullable String model, String prompt) implements NodeBody {
        @Override
        public NodeKind kind() {
            return NodeKind.AGENT;
        }
    }

    /**
     * A single call of a tool.
     *
     * @param tool the tool's name or the node's binding for it
     * @param arguments from argument name to the state key that holds its value
     */
    record Tool(String tool, Map<String, String> arguments) implements NodeBody {
        public Tool {
            arguments = Copies.map(arguments);
        }

        @Override
        public NodeKind kind() {
            return NodeKind.TOOL;
        }
    }

    /** Java code: a {@link dev.fettle.api.execute.NodeRunner} by name. Null where it is not known (discovered). */
    record Function(@Nullable String runner) implements NodeBody {
        @Override
        public NodeKind kind() {
            return NodeKind.FUNCTION;
        }
    }

    /**
     * A process: the state that the node reads as JSON on standard input, updates as JSON on standard output.
     *
     * @param command program and arguments; no shell is involved
     * @param environment names of the environment variables that the process may see
     * @param outputLimitBytes standard output beyond this is an error
     */
    record Command(List<String> command, List<String> environment, long outputLimitBytes) implements NodeBody {
        public static final long DEFAULT_OUTPUT_LIMIT_BYTES = 16L << 20;

        public Command {
            command = List.copyOf(command);
            environment = List.copyOf(environment);
        }

        @Override
        public NodeKind kind() {
            return NodeKind.COMMAND;
        }
    }

    /**
     * Chooses among its outgoing edges by a label: the text that the runner returns, or {@code true} / {@code false} from
     * a comparison. Exactly one of the two is given; both are null where it is not known (discovered).
     */
    record Condition(@Nullable String runner, @Nullable Comparison comparison) implements NodeBody {
        @Override
        public NodeKind kind() {
            return NodeKind.CONDITION;
        }
    }

    /** Waits for a person. */
    record Human(String prompt) implements NodeBody {
        @Override
        public NodeKind kind() {
            return NodeKind.HUMAN;
        }
    }

    /**
     * A dataflow block. Members are listed in the order in which a sequential run would take them; each starts as soon as
     * the earlier members that write what it reads are done, and reads everything else as it was when the block began.
     * The block ends when all members have. Two members that write the same key need a reducer for it.
     *
     * @param reducers by state key
     */
    record Parallel(List<Node> members, ErrorStrategy onError, Map<String, Reducer> reducers) implements NodeBody {
        public Parallel {
            members = List.copyOf(members);
            reducers = Copies.map(reducers);
        }

        @Override
        public NodeKind kind() {
            return NodeKind.PARALLEL;
        }
    }

    /**
     * Agents that work together.
     *
     * @param maxRounds limit of consensus or reflection rounds; at least 1
     */
    record Team(Formation formation, List<Member> members, int maxRounds) implements NodeBody {
        public Team {
            members = List.copyOf(members);
        }

        @Override
        public NodeKind kind() {
            return NodeKind.TEAM;
        }

        /** How the members take turns. */
        public enum Formation {
            SEQUENTIAL,
            PARALLEL,
            PIPELINE,
            HIERARCHICAL,
            CONSENSUS,
            REFLECTION
        }

        /**
         * One agent of a team.
         *
         * @param toolBudget most tool calls the member may make in one run; null for no limit
         * @param group the sub-team, in a hierarchical team: its members take turns and know what those before them said,
         *     while the sub-teams work at once; null for a member that works for itself
         */
        public record Member(
                String id,
                String role,
                @Nullable String model,
                String prompt,
                List<String> tools,
                @Nullable Integer toolBudget,
                @Nullable String group) {
            public Member {
                tools = List.copyOf(tools);
            }

            /** A member that works for itself. */
            public Member(
                    String id,
                    String role,
                    @Nullable String model,
                    String prompt,
                    List<String> tools,
                    @Nullable Integer toolBudget) {
                this(id, role, model, prompt, tools, toolBudget, null);
            }
        }

        /**
         * The turns of the workers of a hierarchical team in one round: those of one wave work at once, and the next wave
         * begins when all have ended. Members without a group are in the first wave; the n-th of a group is in the n-th.
         */
        public List<List<Member>> waves() {
            List<List<Member>> waves = new ArrayList<>();
            Map<String, Integer> next = new HashMap<>();
            for (Member worker : members.subList(Math.min(1, members.size()), members.size())) {
                int wave = worker.group() == null ? 0 : next.merge(worker.group(), 1, Integer::sum) - 1;
                while (waves.size() <= wave) {
                    waves.add(new ArrayList<>());
                }
                waves.get(wave).add(worker);
            }
            return waves;
        }
    }

    /** Another workflow, by reference to its definition (a path beside this one). */
    record SubWorkflow(String reference) implements NodeBody {
        @Override
        public NodeKind kind() {
            return NodeKind.SUB_WORKFLOW;
        }
    }

    /** What a block does when a member fails. */
    enum ErrorStrategy {
        /** Cancel the others and fail. */
        FAIL_FAST,
        /** Let the others finish, then fail with all errors. */
        COLLECT
    }

    /** How two writes to one key become one value, applied in the order in which members are listed. */
    enum Reducer {
        /** Lists are concatenated. */
        APPEND,
        /** Maps are united; the later member wins. */
        MERGE,
        /** Numbers are added. */
        SUM,
        /** The later member wins. */
        LAST
    }
}
