package io.millrace.runtime.process;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.KeyValuePairConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import io.millrace.runtime.LogKeys;
import io.millrace.runtime.LogText;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/**
 * Log events as lines: plain text for people, or one JSON object each for machines. Either way the
 * key-value pairs follow, and each line has a model: that of its own pair, else of its thread's
 * context (MDC), else of the process. Named in {@code logback.xml}. Called under its appender's
 * lock.
 */
public final class LogLines extends EncoderBase<ILoggingEvent> {
  private static final String PLAIN =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg %pairs%n";
  private static final String SHORT = "%d{HH:mm:ss} %-5level %msg %kvp%n";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private String format = "plain";
  private String problem = "";
  private Function<ILoggingEvent, String> lines = event -> "";

  /** Sets the model of a process, for the lines that name none. */
  public static void setModel(String model) {
    if (LoggerFactory.getILoggerFactory() instanceof ch.qos.logback.classic.LoggerContext context) {
      context.putProperty(LogKeys.MODEL, model);
    }
  }

  /**
   * @param format {@code plain}, {@code short} (for a terminal: the time of day, and only the pairs
   *     of the event itself) or {@code json}; for another, lines are plain and the first says so
   */
  public void setFormat(String format) {
    this.format = format.strip().toLowerCase(Locale.ROOT);
  }

  @Override
  public void start() {
    if (format.equals("json")) {
      lines = LogLines::json;
    } else if (format.equals("short")) {
      lines = plain(SHORT)::doLayout;
    } else {
      if (!format.equals("plain")) {
        problem =
            "the format of log lines is %s (MILLRACE_LOG_FORMAT, millrace.log.format); allowed:"
                    .formatted(LogText.of(format))
                + " plain, short, json\n";
      }
      lines = plain(PLAIN)::doLayout;
    }
    super.start();
  }

  @Override
  public byte[] headerBytes() {
    return problem.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return lines.apply(event).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  private PatternLayout plain(String pattern) {
    PatternLayout layout = new PatternLayout();
    layout.getInstanceConverterMap().put("pairs", Pairs::new);
    layout.setContext(getContext());
    layout.setPattern(pattern);
    layout.start();
    return layout;
  }

  private static String json(ILoggingEvent event) {
    JsonObject line =
        new JsonObject()
            .put("timestamp", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
            .put("level", event.getLevel().levelStr)
            .put("logger", event.getLoggerName())
            .put("thread", event.getThreadName())
            .put("message", event.getFormattedMessage());
    for (KeyValuePair pair : pairs(event)) {
      if (!line.containsKey(pair.key)) {
        line.put(pair.key, isJson(pair.value) ? pair.value : String.valueOf(pair.value));
      }
    }
    if (!line.containsKey(LogKeys.MODEL)) {
      line.put(LogKeys.MODEL, model(event));
    }
    if (event.getThrowableProxy() != null) {
      line.put("stack_trace", ThrowableProxyUtil.asString(event.getThrowableProxy()));
    }
    return line.encode() + "\n";
  }

  private static boolean isJson(Object value) {
    return value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || (value instanceof Double number && Double.isFinite(number));
  }

  private static List<KeyValuePair> pairs(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }

  /** Returns the model of an event without a pair that names one; empty before it is known. */
  private static String model(ILoggingEvent event) {
    String ofThread = event.getMDCPropertyMap().get(LogKeys.MODEL);
    return ofThread != null
        ? ofThread
        : event.getLoggerContextVO().getPropertyMap().getOrDefault(LogKeys.MODEL, "");
  }

  /** The key-value pairs of a plain line, with the model. */
  private static final class Pairs extends KeyValuePairConverter {
    @Override
    public String convert(ILoggingEvent event) {
      String pairs = super.convert(event);
      String model = model(event);
      if (model.isEmpty() || pairs(event).stream().anyMatch(p -> p.key.equals(LogKeys.MODEL))) {
        return pairs;
      }
      String last = LogKeys.MODEL + "=\"" + model + "\"";
      return pairs.isEmpty() ? last : pairs + " " + last;
    }
  }
}
