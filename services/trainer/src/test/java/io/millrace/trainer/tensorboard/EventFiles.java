package io.millrace.trainer.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.proto.tensorboard.v1.Event;
import io.millrace.proto.tensorboard.v1.Summary.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Decodes event files by the book, and shares no code with what writes them. */
public final class EventFiles {
  private static final int CASTAGNOLI = 0x82f63b78;

  private EventFiles() {}

  /**
   * A value of a run.
   *
   * @param millis the time in milliseconds since 1970
   */
  public record Point(long step, long millis, float value) {}

  /** Returns the files of a run in the order in which TensorBoard reads them. */
  public static List<Path> of(Path run) throws IOException {
    try (Stream<Path> all = Files.list(run)) {
      return all.filter(file -> file.toString().contains("tfevents")).sorted().toList();
    }
  }

  /** Returns all scalars of a tag, in the order in which they stand in a run's files. */
  public static List<Point> scalars(Path run, String tag) throws IOException {
    List<Point> points = new ArrayList<>();
    for (Event event : events(run)) {
      for (Value value : event.getSummary().getValueList()) {
        if (value.getTag().equals(tag)) {
          assertThat(value.hasSimpleValue()).isTrue();
          long millis = Math.round(event.getWallTime() * 1000);
          points.add(new Point(event.getStep(), millis, value.getSimpleValue()));
        }
      }
    }
    return points;
  }

  /** Returns all values of a tag in a run's files. */
  static List<Value> values(Path run, String tag) throws IOException {
    return events(run).stream()
        .flatMap(event -> event.getSummary().getValueList().stream())
        .filter(value -> value.getTag().equals(tag))
        .toList();
  }

  static List<Event> events(Path run) throws IOException {
    List<Event> events = new ArrayList<>();
    for (Path file : of(run)) {
      List<Event> read = read(file);
      assertThat(read.get(0).getFileVersion()).isEqualTo("brain.Event:2");
      events.addAll(read);
    }
    return events;
  }

  /** Reads all whole records of a file. A checksum that is wrong fails. */
  static List<Event> read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Event> events = new ArrayList<>();
    while (bytes.remaining() >= 12) {
      byte[] length = take(bytes, 8);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      int size = (int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (bytes.remaining() < size + 4) {
        break;
      }
      byte[] record = take(bytes, size);
      assertThat(bytes.getInt()).isEqualTo(masked(record));
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  private static byte[] take(ByteBuffer source, int count) {
    byte[] taken = new byte[count];
    source.get(taken);
    return taken;
  }

  private static int masked(byte[] bytes) {
    int crc = crc(bytes);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  /** Returns the CRC-32C, bit by bit. */
  static int crc(byte[] bytes) {
    int crc = -1;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ CASTAGNOLI;
      }
    }
    return ~crc;
  }

  /** Cuts a file so that its last record is torn. */
  static void tear(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
  }
}
