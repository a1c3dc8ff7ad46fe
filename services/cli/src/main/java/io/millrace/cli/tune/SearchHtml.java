package io.millrace.cli.tune;

import java.util.List;
import java.util.Locale;

/** A search as one HTML page that needs nothing else: its words, its charts and its table. */
final class SearchHtml {
  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%1$s</title>
      <style>
      :root { color-scheme: light dark }
      body { font-family: sans-serif; margin: 1.5rem }
      svg { max-width: 100%%; height: auto }
      pre { overflow-x: auto }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      <main>
      %2$s%3$s</main>
      <p id="end" role="status"></p>
      %4$s</body>
      </html>
      """;

  /** Takes over the newest content each two seconds, until nobody answers any more. */
  private static final String LIVE =
      """
      <script>
      const timer = setInterval(async () => {
        try {
          const page = new DOMParser().parseFromString(
              await (await fetch(location)).text(), "text/html");
          document.querySelector("main").replaceWith(page.querySelector("main"));
        } catch {
          clearInterval(timer);
          document.getElementById("end").textContent = "The search has ended.";
        }
      }, 2000);
      </script>
      """;

  private SearchHtml() {}

  /**
   * Returns the page.
   *
   * @param charts as SVG; none before the first trial
   * @param lines the table, and what is said of the search
   * @param isLive whether it goes on while it is shown
   */
  static String of(String title, List<String> charts, List<String> lines, boolean isLive) {
    return String.format(
        Locale.ROOT,
        PAGE,
        escaped(title),
        String.join("", charts),
        "<pre>\n" + escaped(String.join("\n", lines)) + "\n</pre>\n",
        isLive ? LIVE : "");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
