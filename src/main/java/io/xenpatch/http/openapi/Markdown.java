package io.xenpatch.http.openapi;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentVisitor;
import com.github.therapi.runtimejavadoc.Link;
import com.github.therapi.runtimejavadoc.Value;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Javadoc as the Markdown that descriptions in OpenAPI are written in. */
final class Markdown implements CommentVisitor {
    /** Where a rule comes from, for example "(R14)", tells the readers of the code something, and nobody else. */
    private static final Pattern SOURCES =
            Pattern.compile("\\s*\\([^()]*(?:\\b[RP]\\d[\\d.]*|\\bARCHITECTURE|\\w\\.md)\\b[^()]*\\)");

    private static final Pattern PARAGRAPH = Pattern.compile("\\s*</?p>\\s*");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final Pattern LINES = Pattern.compile("[ \\t]*\\R[ \\t]*(?!\\R)");

    private final StringBuilder text = new StringBuilder();

    private Markdown() {}

    static String of(@Nullable Comment comment) {
        if (comment == null) {
            return "";
        }
        var markdown = new Markdown();
        comment.visit(markdown);
        var plain = SOURCES.matcher(markdown.text).replaceAll("");
        return StringUtils.capitalize(
                PARAGRAPH.matcher(plain).replaceAll("\n\n").strip());
    }

    @Override
    public void commentText(String value) {
        text.append(LINES.matcher(value).replaceAll(" "));
    }

    @Override
    public void inlineLink(Link link) {
        text.append('`').append(simple(link)).append('`');
    }

    @Override
    public void inlineTag(String name, String value) {
        var words = SPACE.matcher(value.strip()).replaceAll(" ");
        text.append(name.equals("code") ? "`" + words + "`" : words);
    }

    @Override
    public void inlineValue(Value value) {
        text.append('`').append(value.getReferencedMemberName()).append('`');
    }

    /** The last name that a link has, which is what the API calls it, too: the constant of an enum, or a type. */
    private static String simple(Link link) {
        String member = link.getReferencedMemberName();
        String type = link.getReferencedClassName();
        return member == null ? type.substring(type.lastIndexOf('.') + 1) : member;
    }
}
