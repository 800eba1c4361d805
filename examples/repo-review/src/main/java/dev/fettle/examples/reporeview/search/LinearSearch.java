package dev.fettle.examples.reporeview.search;

import com.google.auto.service.AutoService;
import dev.fettle.api.execute.ToolContext;
import dev.fettle.api.execute.ToolRunner;
import dev.fettle.examples.reporeview.source.SourceFile;
import dev.fettle.examples.reporeview.source.SourceFolder;
import dev.fettle.examples.reporeview.source.Words;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Searches code by reading every line of every file, on each call. */
@AutoService(ToolRunner.class)
public final class LinearSearch implements ToolRunner {
    @Override
    public String name() {
        return "linear-search";
    }

    @Override
    public Object call(ToolContext context) throws IOException {
        Query query = Query.of(context.arguments(), context.directory());
        List<Match> matches = new ArrayList<>();
        int lines = 0;
        long words = 0;
        for (SourceFile file : SourceFolder.read(query.folder())) {
            int number = 0;
            for (String text : file.lines()) {
                List<String> found = Words.of(text);
                Line line = new Line(file.path(), ++number, text, found.size());
                int[] occurrences = occurrences(found, query.terms());
                if (occurrences.length > 0) {
                    matches.add(new Match(line, occurrences));
                }
                lines++;
                words += found.size();
            }
        }
        return new Ranking(lines, words).result(matches, query);
    }

    /** How often each term is among the words; empty where none is. */
    private static int[] occurrences(List<String> words, List<String> terms) {
        int[] occurrences = new int[terms.size()];
        boolean any = false;
        for (String word : words) {
            int term = terms.indexOf(word);
            if (term >= 0) {
                occurrences[term]++;
                any = true;
            }
        }
        return any ? occurrences : new int[0];
    }
}
