package io.millrace.joiner.joining;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.joiner.joining.Reference.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * For any order of records, every record has one outcome, every pair is joined once, and the counts
 * equal those of a plain model of the rules that sweeps everything at once.
 */
class JoinPropertyTest {
  private static final int WITHIN = 50;
  private static final int EVENTS = 300;
  private static final long END = 10_000;

  @Property(tries = 60)
  void join_anyInterleaving_countsAreThoseOfTheRules(@ForAll long seed) throws IOException {
    // Given
    List<Event> events = events(new Random(seed));
    Reference reference = new Reference(WITHIN);
    events.forEach(reference::take);
    reference.passTo(END);
    Path folder = Files.createTempDirectory("millrace-join-");

    try (JoinDriver driver = new JoinDriver(Duration.ofMillis(WITHIN), folder)) {
      // When
      events.forEach(event -> send(driver, event));
      driver.passTo(END);

      // Then
      assertThat(driver.joined()).containsExactlyInAnyOrderElementsOf(reference.joined());
      for (Outcome outcome : Outcome.values()) {
        assertThat(driver.count(outcome)).as(outcome.label()).isEqualTo(reference.count(outcome));
      }
      assertThat(ended(driver)).isEqualTo(events.size());
      assertThat(driver.stored()).isZero();
    } finally {
      delete(folder);
    }
  }

  /**
   * Returns records with repeated keys and labels, timestamps that rise with jumps back and forth,
   * and some broken values.
   */
  private static List<Event> events(Random random) {
    List<Event> events = new ArrayList<>();
    long time = 1000;
    for (int i = 0; i < EVENTS; i++) {
      time += random.nextInt(20) == 0 ? random.nextInt(2 * WITHIN) : random.nextInt(4);
      long timestamp = Math.max(0, time - (random.nextInt(4) == 0 ? random.nextInt(150) : 0));
      String key = random.nextInt(40) == 0 ? null : "k" + random.nextInt(40);
      boolean isLabel = random.nextBoolean();
      String value = isLabel ? "{\"y\":" + random.nextInt(2) + "}" : "{\"a\":" + i + "}";
      events.add(new Event(isLabel, key, random.nextInt(40) == 0 ? "{" : value, timestamp));
    }
    return events;
  }

  private static void send(JoinDriver driver, Event event) {
    if (event.isLabel()) {
      driver.label(event.key(), event.value(), event.timestamp());
    } else {
      driver.features(event.key(), event.value(), event.timestamp());
    }
  }

  private static long ended(JoinDriver driver) {
    return Stream.of(Outcome.values()).mapToLong(driver::count).sum()
        + driver.count(Outcome.JOINED); // it counts for two records
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
