package io.millrace.page;

import io.millrace.page.history.History;
import io.millrace.page.json.JsonText;
import io.millrace.page.live.Feed.Look;
import java.util.Optional;

/** What the page shows of a model that is trained in this process. Safe for any thread. */
public interface Training {
  History history();

  /** Returns the newest look into the model; empty before the first. */
  Optional<Look> look();

  /** Asks for a newer look, since somebody watches. */
  void wantLook();

  /** Writes the elements of an array: the retained versions, newest first. */
  void writeVersions(JsonText json);

  /** Samples the rates of this moment. Called once a second. */
  void sample();

  /** Returns how commands may be sent. */
  Commands commands();

  /** How {@code POST /api/v1/commands} may be used. */
  enum Commands {
    /** Without a token: on loopback, or with a certificate. */
    OPEN,
    /** With a bearer token of the role admin. */
    TOKEN,
    /** Not at all. */
    OFF
  }
}
