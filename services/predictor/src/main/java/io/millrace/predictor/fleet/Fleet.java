package io.millrace.predictor.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.checkpoints.failures.CheckpointFormatException;
import io.millrace.checkpoints.fleet.FleetCheckpointCodec;
import io.millrace.checkpoints.fleet.FleetTopic;
import io.millrace.predictor.fleet.CheckpointFile.Stored;
import io.millrace.predictor.following.KeyedModels;
import io.millrace.predictor.following.ServedModel;
import io.millrace.predictor.following.UnservableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The models of a fleet by key. Those asked for lately are in memory, all others in a file on disk,
 * from where one is read and decoded in well under a millisecond.
 *
 * <p>The following thread writes. Any thread may ask.
 */
final class Fleet implements AutoCloseable {
  private final CheckpointFile file;
  private final FleetCheckpointCodec codec = new FleetCheckpointCodec();
  private final Map<String, ServedModel> hot;
  private final LongAdder loads = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile @Nullable KeyedModels models;

  Fleet(FleetServingSettings settings) {
    file = new CheckpointFile(settings.folder());
    hot =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, ServedModel> eldest) {
            return size() > settings.hotModels();
          }
        };
  }

  /** Sets how models are made; called before the first one is asked for. */
  void serve(KeyedModels newModels) {
    models = newModels;
    synchronized (hot) {
      hot.clear();
    }
  }

  /** Takes a key's newest checkpoint, or that there is none any more. */
  void follow(byte[] key, byte @Nullable [] checkpoint, long writtenAt) {
    if (checkpoint == null) {
      file.remove(ByteBuffer.wrap(key));
    } else {
      file.put(ByteBuffer.wrap(key), new Stored(checkpoint, writtenAt));
    }
    synchronized (hot) {
      hot.remove(new String(key, UTF_8));
    }
  }

  /** Returns a key's model; null if there is none that can be served. */
  @Nullable ServedModel of(String key) {
    synchronized (hot) {
      ServedModel known = hot.get(key);
      if (known != null) {
        return known;
      }
      ServedModel loaded = load(key);
      if (loaded != null) {
        hot.put(key, loaded);
      }
      return loaded;
    }
  }

  /** Returns how many keys have a checkpoint, the template's included. */
  int size() {
    return file.size();
  }

  int hot() {
    synchronized (hot) {
      return hot.size();
    }
  }

  /** Returns how often a model was read from disk. */
  long loads() {
    return loads.sum();
  }

  /** Returns how often a checkpoint could not be served. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    file.close();
  }

  private @Nullable ServedModel load(String key) {
    KeyedModels made = models;
    byte[] bytes = key.getBytes(UTF_8);
    Stored stored = FleetTopic.isTemplate(bytes) ? null : file.get(ByteBuffer.wrap(bytes));
    if (stored == null || made == null) {
      return null;
    }
    loads.increment();
    try {
      return made.of(key, codec.decode(stored.bytes()), Instant.ofEpochMilli(stored.writtenAt()));
    } catch (CheckpointFormatException | UnservableException e) {
      refused.increment();
      return null;
    }
  }
}
