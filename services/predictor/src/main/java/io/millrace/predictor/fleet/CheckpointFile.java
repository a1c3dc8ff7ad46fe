package io.millrace.predictor.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest checkpoint of each key in a file of this process, with an index in memory. New ones
 * are appended; when most of the file is old ones, the newest are copied to another file. The file
 * is removed when it is closed, and by the system if the process is killed: all of it is on the
 * topic.
 *
 * <p>One thread writes. Any thread may read.
 */
final class CheckpointFile implements AutoCloseable {
  /** A smaller file is never copied. */
  private static final long LEAST_BYTES = 64L << 20;

  private final Path folder;
  private volatile Generation current;

  /**
   * @throws UncheckedIOException if the file cannot be created
   */
  CheckpointFile(Path folder) {
    this.folder = folder;
    current = new Generation(folder);
  }

  /** Returns how many keys there are. */
  int size() {
    return current.places.size();
  }

  /** Appends the newest checkpoint of a key. */
  void put(ByteBuffer key, Stored checkpoint) {
    Generation target = current;
    target.append(key, checkpoint);
    if (target.end > LEAST_BYTES && target.end > 2 * target.liveBytes) {
      current = target.copied(folder);
      target.close();
    }
  }

  void remove(ByteBuffer key) {
    current.remove(key);
  }

  /** Returns the newest checkpoint of a key; null if there is none. */
  @Nullable Stored get(ByteBuffer key) {
    while (true) {
      Generation asked = current;
      try {
        return asked.read(key);
      } catch (ClosedChannelException e) {
        if (asked == current) {
          throw new UncheckedIOException(e);
        } // else it was copied meanwhile
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    current.close();
  }

  /**
   * A checkpoint as it stands on its topic.
   *
   * @param writtenAt when it was written, in milliseconds
   */
  record Stored(byte[] bytes, long writtenAt) {}

  private record Place(long at, int length, long writtenAt) {}

  /** One file. */
  private static final class Generation {
    private final Map<ByteBuffer, Place> places = new ConcurrentHashMap<>();
    private final FileChannel channel;
    private long end;
    private long liveBytes;

    Generation(Path folder) {
      try {
        Files.createDirectories(folder);
        channel =
            FileChannel.open(
                Files.createTempFile(folder, "millrace-fleet-", ".checkpoints"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void append(ByteBuffer key, Stored checkpoint) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(checkpoint.bytes);
        while (bytes.hasRemaining()) {
          channel.write(bytes, end + bytes.position());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      int length = checkpoint.bytes.length;
      forget(places.put(key, new Place(end, length, checkpoint.writtenAt)));
      end += length;
      liveBytes += length;
    }

    void remove(ByteBuffer key) {
      forget(places.remove(key));
    }

    @Nullable Stored read(ByteBuffer key) throws IOException {
      Place place = places.get(key);
      if (place == null) {
        return null;
      }
      ByteBuffer bytes = ByteBuffer.allocate(place.length);
      while (bytes.hasRemaining() && channel.read(bytes, place.at + bytes.position()) >= 0) {}
      return new Stored(bytes.array(), place.writtenAt);
    }

    Generation copied(Path folder) {
      Generation copy = new Generation(folder);
      for (ByteBuffer key : places.keySet()) {
        try {
          Stored checkpoint = read(key);
          if (checkpoint != null) {
            copy.append(key, checkpoint);
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return copy;
    }

    void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void forget(@Nullable Place old) {
      liveBytes -= old == null ? 0 : old.length;
    }
  }
}
