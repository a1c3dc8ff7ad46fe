package io.millrace.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import io.millrace.runtime.LogKeys;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMDCAdapter;

/** With the services' own {@code logback.xml}, and memory instead of standard error. */
class LogLinesTest {
  private static final String FORMAT = "millrace.log.format";

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();
  private final BasicMDCAdapter ofThread = new BasicMDCAdapter();

  @AfterEach
  void stop() {
    context.stop();
    System.clearProperty(FORMAT);
  }

  @Test
  void json_pairsAndModel_areFieldsWithTheirTypes() throws Exception {
    Logger logger = started("json");
    context.putProperty(LogKeys.MODEL, "letters");

    logger
        .atWarn()
        .addKeyValue(LogKeys.RECORDS, 12L)
        .addKeyValue(LogKeys.LEARNING_RATE, 0.5)
        .addKeyValue("loss", Double.NaN)
        .addKeyValue(LogKeys.ADDRESS, new StringBuilder("a\n\"b\""))
        .addKeyValue("level", "none of ours")
        .log("Said {} times", 2);

    JsonObject line = new JsonObject(lines().get(0));
    assertThat(line.fieldNames())
        .containsExactly(
            "timestamp",
            "level",
            "logger",
            "thread",
            "message",
            "records",
            "learning_rate",
            "loss",
            "address",
            "model");
    assertThat(line.getString("timestamp"))
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    assertThat(line.getString("level")).isEqualTo("WARN");
    assertThat(line.getString("message")).isEqualTo("Said 2 times");
    assertThat(line.getValue("records")).isEqualTo(12);
    assertThat(line.getValue("learning_rate")).isEqualTo(0.5);
    assertThat(line.getValue("loss")).isEqualTo("NaN");
    assertThat(line.getString("address")).isEqualTo("a\n\"b\"");
    assertThat(line.getString("model")).isEqualTo("letters");
  }

  @Test
  void json_exception_isOneFieldOfOneLine() throws Exception {
    Logger logger = started("JSON");

    logger.error("Failed", new IllegalStateException("outer", new IllegalArgumentException("in")));

    assertThat(lines()).hasSize(1);
    assertThat(new JsonObject(lines().get(0)).getString("stack_trace"))
        .contains("IllegalStateException: outer", "Caused by: ", "IllegalArgumentException: in")
        .contains("\tat ");
  }

  @Test
  void model_ofTheLineThenOfTheThread_comesBeforeTheProcesss() throws Exception {
    Logger logger = started("plain");
    context.putProperty(LogKeys.MODEL, "process");

    logger.info("One");
    ofThread.put(LogKeys.MODEL, "thread");
    logger.atInfo().addKeyValue(LogKeys.VERSION, 3).log("Two");
    logger.atInfo().addKeyValue(LogKeys.MODEL, "line").log("Three");

    assertThat(lines().get(0)).endsWith("INFO  LogLinesTest One model=\"process\"");
    assertThat(lines().get(1)).endsWith("INFO  LogLinesTest Two version=\"3\" model=\"thread\"");
    assertThat(lines().get(2)).endsWith("INFO  LogLinesTest Three model=\"line\"");
  }

  @Test
  void format_unknown_isSaidAndLinesArePlain() throws Exception {
    Logger logger = started("xml");

    logger.info("One");

    assertThat(lines().get(0)).contains("is xml", "allowed: plain, short, json");
    assertThat(lines().get(1)).contains("INFO  LogLinesTest One");
  }

  private Logger started(String format) throws Exception {
    System.setProperty(FORMAT, format);
    context.setMDCAdapter(ofThread);
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(Objects.requireNonNull(getClass().getResource("/logback.xml")));
    OutputStreamAppender<ILoggingEvent> console =
        (ConsoleAppender<ILoggingEvent>)
            Objects.requireNonNull(
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR"));
    console.setOutputStream(written);
    return context.getLogger(LogLinesTest.class);
  }

  private List<String> lines() {
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
