package io.millrace.learning.features;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A point in time in two cells: the day since 1970 and the second of the day, in UTC. It comes as a
 * number of the given unit since 1970, or as ISO 8601 text; text without an offset is in UTC.
 */
public final class TimeForm extends RawForm {
  static final int SECONDS_PER_DAY = 86_400;

  /** Single precision holds every day up to this one, some 45,000 years away. */
  private static final double MOST_DAYS = 1 << 24;

  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .optionalStart()
          .appendOffsetId()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  /** The unit of a number. */
  public enum Unit {
    MICROSECONDS(1e-6),
    MILLISECONDS(1e-3),
    SECONDS(1),
    DAYS(SECONDS_PER_DAY);

    private final double seconds;

    Unit(double seconds) {
      this.seconds = seconds;
    }
  }

  private final Unit unit;

  public TimeForm(Unit unit, boolean takesMissing) {
    super(2, takesMissing);
    this.unit = unit;
  }

  @Override
  public boolean isText() {
    return true;
  }

  @Override
  public @Nullable Misfit number(double value, float[] cells, int at) {
    double seconds = value * unit.seconds;
    double days = Math.floor(seconds / SECONDS_PER_DAY);
    if (!(Math.abs(days) <= MOST_DAYS)) {
      return new Misfit(Misfit.Kind.NON_FINITE, "number");
    }
    cells[at] = (float) days;
    cells[at + 1] = (float) (seconds - days * SECONDS_PER_DAY);
    return null;
  }

  @Override
  public @Nullable Misfit text(String value, float[] cells, int at) {
    try {
      Instant instant =
          instant(ISO.parseBest(value, Instant::from, LocalDateTime::from, LocalDate::from));
      return time(instant.getEpochSecond(), instant.getNano(), cells, at);
    } catch (DateTimeException e) {
      return other("text");
    }
  }

  /** Writes a point in time as seconds and nanoseconds since 1970, whatever the unit is. */
  public @Nullable Misfit time(long seconds, int nanos, float[] cells, int at) {
    double days = Math.floorDiv(seconds, SECONDS_PER_DAY);
    if (Math.abs(days) > MOST_DAYS) {
      return other("a time out of range");
    }
    cells[at] = (float) days;
    cells[at + 1] = (float) (Math.floorMod(seconds, SECONDS_PER_DAY) + nanos * 1e-9);
    return null;
  }

  @Override
  public Misfit other(String found) {
    return new Misfit(Misfit.Kind.NOT_A_TIME, found);
  }

  private static Instant instant(TemporalAccessor parsed) {
    if (parsed instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return parsed instanceof LocalDateTime time
        ? time.toInstant(ZoneOffset.UTC)
        : Instant.from(parsed);
  }
}
