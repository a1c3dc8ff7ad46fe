package io.millrace.page.live;

import io.millrace.page.history.Happening;
import io.millrace.page.json.JsonText;
import io.vertx.core.buffer.Buffer;

/** Events in the format of {@code text/event-stream} (WHATWG HTML, 9.2). */
final class Frames {
  static final Buffer KEEP = Buffer.buffer(": open\n\n");

  /** How long a browser waits before it opens the stream again, in milliseconds. */
  static final Buffer RETRY = Buffer.buffer("retry: 2000\n\n");

  static final Buffer HISTORY = frame("history", Buffer.buffer("{}"));

  private Frames() {}

  /** Returns an event with JSON, which has no line break. */
  static Buffer frame(String type, Buffer json) {
    return Buffer.buffer(json.length() + 64)
        .appendString("event: " + type + "\ndata: ")
        .appendBuffer(json)
        .appendString("\n\n");
  }

  static Buffer frame(Happening event) {
    return Buffer.buffer("id: " + event.number() + "\n")
        .appendBuffer(frame(event.type(), JsonText.object(event::write)));
  }
}
