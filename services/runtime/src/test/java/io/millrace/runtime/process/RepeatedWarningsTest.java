package io.millrace.runtime.process;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With the services' own {@code logback.xml}, and a list instead of standard error. */
class RepeatedWarningsTest {
  private final LoggerContext context = new LoggerContext();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private RepeatedWarnings warnings;

  @BeforeEach
  void configure() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(getClass().getResource("/logback.xml"));
    Appender<ILoggingEvent> clients = context.getLogger("org.apache.kafka").getAppender("CLIENTS");
    assertThat(clients).isInstanceOf(RepeatedWarnings.class);
    warnings = (RepeatedWarnings) clients;
    warnings.detachAndStopAllAppenders();
    lines.setContext(context);
    lines.start();
    warnings.addAppender(lines);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void warn_manyTimesInAMinute_firstAtOnceThenTheirNumber() {
    for (int i = 0; i < 1000; i++) {
      client("Metadata").warn("attempt {}", i);
    }
    assertThat(told()).containsExactly("WARN attempt 0");

    warnings.tell();

    assertThat(told().subList(1, 2))
        .containsExactly("WARN 999 more in the last minute; the last one: attempt 999");
  }

  @Test
  void warn_afterAMinuteOfSilence_isTold() {
    client("Metadata").warn("away");
    client("Metadata").warn("away");
    warnings.tell();
    warnings.tell();

    client("Metadata").warn("away again");

    assertThat(told())
        .containsExactly(
            "WARN away", "WARN 1 more in the last minute; the last one: away", "WARN away again");
  }

  @Test
  void log_othersAndOtherLevels_areNotHeldBack() {
    client("Metadata").warn("one");
    client("Sender").warn("another");
    client("Sender").error("worse");
    context.getLogger("org.apache.kafka").setLevel(Level.INFO);
    client("Sender").info("on request");
    client("Sender").info("on request");

    assertThat(told())
        .containsExactly(
            "WARN one", "WARN another", "ERROR worse", "INFO on request", "INFO on request");
  }

  @Test
  void stop_somethingWasHeldBack_isTold() {
    client("Metadata").warn("away");
    client("Metadata").warn("away for good");

    warnings.stop();

    assertThat(told()).endsWith("WARN 1 more in the last minute; the last one: away for good");
  }

  private Logger client(String name) {
    return context.getLogger("org.apache.kafka.clients." + name);
  }

  private List<String> told() {
    return lines.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }
}
