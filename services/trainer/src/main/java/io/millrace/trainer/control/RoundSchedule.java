package io.millrace.trainer.control;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.millrace.settings.Section;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The times at which a new round begins.
 *
 * @param cron the five fields of a crontab(5) line: minute, hour, day of the month, month, day of
 *     the week
 * @param zone the time zone of these times
 */
public record RoundSchedule(String cron, ZoneId zone) {

  /** Reads the options {@code schedule} and {@code time_zone} of the section {@code rounds}. */
  public static Optional<RoundSchedule> read(Section rounds) {
    Optional<String> cron =
        rounds
            .text("schedule", "times at which a new round begins, in cron's form")
            .check(
                "five fields of cron such as 0 3 * * MON-FRI: minute, hour, day, month, weekday",
                RoundSchedule::isCron)
            .optional();
    String zone =
        rounds
            .text("time_zone", "time zone of the schedule")
            .check("a time zone such as UTC or Europe/Berlin", RoundSchedule::isZone)
            .orElse("UTC");
    return cron.filter(RoundSchedule::isCron)
        .filter(fields -> isZone(zone))
        .map(fields -> new RoundSchedule(fields, ZoneId.of(zone)));
  }

  /** Returns the first scheduled time after another; empty if there is none. */
  Optional<Instant> after(Instant time) {
    return times(cron).nextExecution(time.atZone(zone)).map(ZonedDateTime::toInstant);
  }

  private static ExecutionTime times(String cron) {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    return ExecutionTime.forCron(parser.parse(cron).validate());
  }

  private static boolean isCron(String cron) {
    try {
      times(cron);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isZone(String zone) {
    try {
      ZoneId.of(zone);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
