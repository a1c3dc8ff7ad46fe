package io.millrace.trainer.tensorboard;

import io.millrace.proto.tensorboard.v1.Event;
import io.millrace.proto.tensorboard.v1.SourceMetadata;
import io.millrace.proto.tensorboard.v1.Summary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A new event file in the folder of a run. TensorBoard reads a run's files one after the other, in
 * the order of their names, and takes them for one. So a process that starts again, or that could
 * not write, goes on in a file of its own. Owned by one thread.
 */
final class RunFile implements AutoCloseable {
  private static final String NAME = "events.out.tfevents.";
  private static final int DIGITS = 10;
  private static final int MOST_WAITING = 1 << 20;
  private static final double MILLIS = 1e3;

  private final FileChannel channel;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private final double lastTime;
  private final long lastStep;

  private RunFile(FileChannel channel, Event last) {
    this.channel = channel;
    this.lastTime = last.getWallTime();
    this.lastStep = last.getStep();
  }

  /** Opens a file that comes after all others of the folder. */
  static RunFile open(Path folder, long nowMillis) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = files(folder);
    long seconds = nowMillis / 1000;
    for (Path file : files) {
      seconds = Math.max(seconds, seconds(file) + 1);
    }
    Event last = last(files);
    String name = String.format(Locale.ROOT, "%s%010d.%s", NAME, seconds, writer());
    RunFile opened =
        new RunFile(
            FileChannel.open(
                folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            last);
    opened.begin(nowMillis);
    return opened;
  }

  /** Returns whether the files before this one end before this moment. */
  boolean lacks(long step, long timeMillis) {
    double time = timeMillis / MILLIS;
    return time > lastTime || (time == lastTime && step > lastStep);
  }

  /** Returns when the files before this one end; 0 if there are none. */
  long lastMillis() {
    return (long) (lastTime * MILLIS);
  }

  /** Adds values, which {@link #flush} writes. */
  void add(long step, long timeMillis, Summary summary) throws IOException {
    if (waiting.size() > MOST_WAITING) {
      flush();
    }
    if (summary.getValueCount() > 0) {
      Frames.append(
          waiting,
          Event.newBuilder()
              .setWallTime(timeMillis / MILLIS)
              .setStep(step)
              .setSummary(summary)
              .build());
    }
  }

  /** Writes all that was added. After a failure the file must not be written any more. */
  void flush() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(waiting.toByteArray());
    waiting.reset();
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void begin(long nowMillis) {
    Frames.append(
        waiting,
        Event.newBuilder()
            .setWallTime(nowMillis / MILLIS)
            .setFileVersion("brain.Event:2")
            .setSourceMetadata(SourceMetadata.newBuilder().setWriter("io.millrace.trainer"))
            .build());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().contains(NAME)).sorted().toList();
    }
  }

  /** Returns the last event of the newest file that has any. */
  private static Event last(List<Path> files) throws IOException {
    for (int i = files.size() - 1; i >= 0; i--) {
      Optional<Event> last = Frames.last(files.get(i)).filter(Event::hasSummary);
      if (last.isPresent()) {
        return last.get();
      }
    }
    return Event.getDefaultInstance();
  }

  /** Returns the time in a file's name; 0 if it has none. */
  private static long seconds(Path file) {
    String name = file.getFileName().toString();
    String digits = name.substring(name.indexOf(NAME) + NAME.length()).split("\\.", 2)[0];
    return digits.matches("[0-9]{" + DIGITS + "}") ? Long.parseLong(digits) : 0;
  }

  private static String writer() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "localhost";
    }
    return host + "." + ProcessHandle.current().pid() + ".millrace";
  }
}
