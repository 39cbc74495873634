package org.lapse.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A source file, for rules about what the compiler leaves no trace of.
 *
 * @param path the file
 * @param packageName its package
 * @param code its code without comments, in which every text is {@code ""}
 * @param texts its texts, those that are joined by {@code +} as one
 * @param comment its comments in one line, without their asterisks
 */
record JavaSource(Path path, String packageName, String code, List<String> texts, String comment) {
    private static final Pattern TOKEN = Pattern.compile(
            "(?<comment>//[^\\n]*|/\\*.*?\\*/)|\"\"\"(?<block>.*?)\"\"\"|\"(?<text>(?:\\\\.|[^\"\\\\])*)\""
                    + "|'(?:\\\\.|[^'\\\\])+'",
            Pattern.DOTALL);

    private static final Pattern COMMENT_SIGNS = Pattern.compile("(/\\*+|\\*+/|//|\\n\\s*\\*|\\s)+");

    private static final Pattern PACKAGE = Pattern.compile("\\bpackage\\s+([\\w.]+)\\s*;");

    /** The source files under a folder. */
    static List<JavaSource> under(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(JavaSource::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaSource read(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaSource of(Path file, String source) {
        StringBuilder code = new StringBuilder();
        StringBuilder comment = new StringBuilder();
        List<String> texts = new ArrayList<>();
        Matcher token = TOKEN.matcher(source);
        int copied = 0;
        int afterText = -1;
        while (token.find()) {
            code.append(source, copied, token.start());
            copied = token.end();
            if (token.group("comment") != null) {
                code.append(' ');
                comment.append(token.group("comment")).append('\n');
                continue;
            }
            String text = token.group("text") == null ? token.group("block") : token.group("text");
            if (text != null) {
                if (afterText >= 0 && code.substring(afterText).strip().equals("+")) {
                    texts.add(texts.remove(texts.size() - 1) + text);
                } else {
                    texts.add(text);
                }
                code.append("\"\"");
                afterText = code.length();
            }
        }
        code.append(source.substring(copied));
        Matcher declared = PACKAGE.matcher(code);
        return new JavaSource(
                file,
                declared.find() ? declared.group(1) : "",
                code.toString(),
                List.copyOf(texts),
                COMMENT_SIGNS.matcher(comment).replaceAll(" ").strip());
    }

    /** The name of the type that the file is named after. */
    String typeName() {
        return path.getFileName().toString().replace(".java", "");
    }
}
