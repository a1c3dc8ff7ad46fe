package io.millrace.page;

import io.millrace.page.json.JsonText;

/** One field of the page's state, from one service of the process. Asked on event loops. */
public interface StateSection {
  /** Returns the name of the field. */
  String name();

  /** Writes the fields of its object, without waiting for anything. */
  void write(JsonText json);
}
