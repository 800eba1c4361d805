package dev.fettle.api.execute;

import dev.fettle.api.Evolving;
import java.util.List;

/** A tool that answers several calls together faster or cheaper than one by one. */
@Evolving
public interface BatchToolRunner extends ToolRunner {
    /**
     * Answers several calls. Each gets what {@link #call} would give for it.
     *
     * @param calls at least two
     * @return the results, in the order of the calls
     * @throws Exception to fail all of them
     */
    List<Object> callAll(List<ToolContext> calls) throws Exception;
}
