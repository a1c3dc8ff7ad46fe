package io.millrace.cli.help;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pages of the documentation. They are in this package of the jar, with the index {@code
 * README.md}, from which their names and their order are taken. Safe for any thread.
 */
public final class HelpTopics {
  private static final Pattern ENTRY =
      Pattern.compile("^- \\[[^]]+]\\(([a-z0-9-]+)\\.md\\): (.*?)\\.?$", Pattern.MULTILINE);

  /** A link; its text is shown without its target. */
  private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)\\s]+\\)");

  private HelpTopics() {}

  /** Returns what each page is about, by its name, in the order of the index. */
  public static Map<String, String> all() {
    Map<String, String> topics = new LinkedHashMap<>();
    Matcher entries = ENTRY.matcher(resource("README").orElseThrow());
    while (entries.find()) {
      topics.put(entries.group(1), entries.group(2));
    }
    return Collections.unmodifiableMap(topics);
  }

  /** Returns the text of a page; empty if there is none of that name. */
  public static Optional<String> page(String name) {
    return all().containsKey(name)
        ? resource(name).map(text -> LINK.matcher(text).replaceAll("$1"))
        : Optional.empty();
  }

  private static Optional<String> resource(String name) {
    try (InputStream page = HelpTopics.class.getResourceAsStream(name + ".md")) {
      return page == null ? Optional.empty() : Optional.of(new String(page.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
