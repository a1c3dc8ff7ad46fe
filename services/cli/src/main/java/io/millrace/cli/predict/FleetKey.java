package io.millrace.cli.predict;

import io.millrace.cli.failures.UsageException;
import io.millrace.client.PredictionRequest;
import io.millrace.fleet.keyed.FleetSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says which model of a fleet answers for a row: that of its key. A single model has no keys. */
public final class FleetKey {
  /** For a single model. */
  public static final FleetKey NONE = new FleetKey(false, "", Optional.empty());

  private final boolean isFleet;
  private final String given;
  private final Optional<String> field;

  private FleetKey(boolean isFleet, String given, Optional<String> field) {
    this.isFleet = isFleet;
    this.given = given;
    this.field = field;
  }

  /**
   * @param given the key of all rows; null if each row has its own in the fleet's field
   * @throws UsageException if a key is given but there is no fleet, or none is but is needed
   */
  public static FleetKey of(Optional<FleetSettings> fleet, @Nullable String given) {
    if (fleet.isEmpty()) {
      if (given != null) {
        throw new UsageException("--key is for a fleet; the settings have no section fleet");
      }
      return NONE;
    }
    Optional<String> field = fleet.get().key();
    if (given == null ? field.isEmpty() : given.isEmpty()) {
      throw new UsageException(
          "--key KEY is needed: a fleet's models are asked by key, and "
              + field.map("an empty text is none"::formatted).orElse("fleet.key names no field"));
    }
    return new FleetKey(true, given == null ? "" : given, field);
  }

  /**
   * Returns a row's key; empty if it has none.
   *
   * @param texts returns the texts of a field, none if it is absent
   */
  public String of(Function<String, List<String>> texts) {
    return given.isEmpty()
        ? field.map(texts).filter(found -> found.size() == 1).map(found -> found.get(0)).orElse("")
        : given;
  }

  /** Returns what is wrong with a row's key. */
  public List<String> problems(String key) {
    return isFleet && key.isEmpty()
        ? List.of(field.orElse("") + " is missing, which is the fleet's key; --key KEY names one")
        : List.of();
  }

  /** Returns the request for rows of a key. */
  public static PredictionRequest keyed(PredictionRequest request, String key) {
    return key.isEmpty() ? request : request.key(key);
  }
}
