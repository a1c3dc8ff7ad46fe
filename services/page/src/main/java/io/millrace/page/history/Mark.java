package io.millrace.page.history;

import io.millrace.page.json.JsonText;

/**
 * Something that happened, as it is marked on the curves.
 *
 * @param number the event's number
 * @param records how many records had been consumed
 * @param kind the event's name in snake case, such as {@code drift_detected}
 * @param text what happened, in words; a long text is cut
 */
public record Mark(long number, long records, long timeMillis, String kind, String text)
    implements Happening {
  private static final int LONGEST_TEXT = 200;

  public Mark {
    String cut = text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT - 1) + "…" : text;
    text = cut.replaceAll("\\p{Cntrl}", "?");
  }

  @Override
  public String type() {
    return "mark";
  }

  @Override
  public void write(JsonText json) {
    json.put("number", number)
        .put("records", records)
        .put("time", timeMillis)
        .put("kind", kind)
        .put("text", text);
  }
}
