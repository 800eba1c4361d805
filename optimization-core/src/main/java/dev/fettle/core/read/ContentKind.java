package dev.fettle.core.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says why a content that no reader recognizes is not a trace. */
final class ContentKind {
    private ContentKind() {}

    /** A reason that holds before any reader is asked; null where there is none. */
    static @Nullable String obstacle(byte[] head) {
        if (head.length == 0) {
            return "the file is empty";
        }
        boolean bigEnd =
                starts(head, 0xfe, 0xff) || (head.length > 3 && head[0] == 0 && (head[1] == '{' || head[1] == '['));
        boolean littleEnd =
                starts(head, 0xff, 0xfe) || (head.length > 3 && (head[0] == '{' || head[0] == '[') && head[1] == 0);
        if (bigEnd || littleEnd) {
            return "the content is UTF-16 or UTF-32; expected UTF-8. Maybe convert it with iconv";
        }
        if (starts(head, 'P', 'K')) {
            return "a zip archive; expected plain or gzip files. Maybe unpack it";
        }
        return null;
    }

    private static boolean starts(byte[] head, int first, int second) {
        return head.length > 1 && (head[0] & 0xff) == first && (head[1] & 0xff) == second;
    }

    /** Why no reader recognizes the content. */
    static String unknown(byte[] head, String readers) {
        int first = 0;
        while (first < head.length && head[first] >= 0 && head[first] <= ' ') {
            first++;
        }
        if (first == head.length) {
            return "there is only white space in it";
        }
        String expected = "; expected one of the formats " + readers;
        if (head[first] != '{' && head[first] != '[') {
            return "neither JSON nor protobuf traces" + expected;
        }
        try (JsonParser parser = new JsonFactory().createParser(head)) {
            while (parser.nextToken() != null) {
                // Only whether it can be walked matters.
            }
        } catch (JsonEOFException cut) {
            return "JSON without traces at its beginning" + expected;
        } catch (StreamConstraintsException tooMuch) {
            return "JSON nested too deeply, or with a name, number or text that is too long (" + firstLine(tooMuch)
                    + ")" + expected;
        } catch (JsonProcessingException bad) {
            JsonLocation at = bad.getLocation();
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            return "not JSON (" + place + firstLine(bad) + ")" + expected;
        } catch (IOException bad) {
            return "the content is not UTF-8" + expected;
        }
        return "JSON, but not of a trace" + expected;
    }

    private static String firstLine(JsonProcessingException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
