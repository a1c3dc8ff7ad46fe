package io.millrace.page.history;

import io.millrace.page.json.JsonText;

/** An event of a model, as streams tell it. */
public sealed interface Happening permits Evaluated, Mark {
  /** Returns the event's number, by which events of one life of a model are ordered. */
  long number();

  /** Returns its name in streams. */
  String type();

  /** Writes its fields. */
  void write(JsonText json);
}
