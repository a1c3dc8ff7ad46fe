package io.millrace.tuning.trials;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.tuning.trials.TrialResult.Status;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of a search in a file, one a line as JSON, so that an interrupted search goes on. The
 * first line says what was searched. A line that was cut off by the end of the process is no line.
 *
 * <p>Confined to one thread.
 */
public final class Journal implements AutoCloseable {
  private final FileChannel file;

  /**
   * What a journal holds.
   *
   * @param head what was searched
   * @param bytes the length of all whole lines
   */
  public record Found(Map<String, Object> head, List<TrialResult> results, long bytes) {
    public Found {
      results = List.copyOf(results);
    }
  }

  private Journal(FileChannel file) {
    this.file = file;
  }

  /**
   * Reads a journal.
   *
   * @return empty if it has no whole line
   * @throws IllegalArgumentException if the file is no journal
   */
  public static Optional<Found> read(Path path) throws IOException {
    String text = Files.readString(path);
    String whole = text.substring(0, text.lastIndexOf('\n') + 1);
    List<String> lines = whole.lines().toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    List<TrialResult> results = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      results.add(result(DefinitionJson.read(line)));
    }
    return Optional.of(
        new Found(
            DefinitionJson.read(lines.get(0)),
            results,
            whole.getBytes(StandardCharsets.UTF_8).length));
  }

  /** Begins a journal; what the file had is gone. */
  public static Journal begin(Path path, Map<String, Object> head) throws IOException {
    Journal journal =
        new Journal(
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING));
    journal.write(head);
    return journal;
  }

  /** Goes on with a journal that was {@linkplain #read read}. */
  public static Journal goOn(Path path, Found found) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
    file.truncate(found.bytes());
    file.position(found.bytes());
    return new Journal(file);
  }

  /** Writes a result. It is on the disk when this returns. */
  public void add(TrialResult result) throws IOException {
    write(tree(result));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Returns a result as a tree, for JSON. */
  public static Map<String, Object> tree(TrialResult result) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("trial", result.number());
    tree.put("settings", result.settings());
    tree.put("status", result.status().name().toLowerCase(Locale.ROOT));
    tree.put("score", result.score());
    tree.put("spread", result.spread());
    tree.put("training_score", result.trainingScore());
    tree.put("best_epoch", result.bestEpoch());
    tree.put("scores", result.scores());
    result.reason().ifPresent(reason -> tree.put("reason", reason));
    tree.put("seconds", result.seconds());
    return tree;
  }

  private static TrialResult result(Map<String, Object> tree) {
    if (!(tree.get("settings") instanceof Map<?, ?> written)
        || !(tree.get("scores") instanceof List<?> scores)) {
      throw new IllegalArgumentException("a line is no result of a trial");
    }
    Map<String, Object> settings = new LinkedHashMap<>();
    written.forEach((key, value) -> settings.put(String.valueOf(key), value));
    return new TrialResult(
        (int) number(tree.get("trial")),
        settings,
        Status.valueOf(String.valueOf(tree.get("status")).toUpperCase(Locale.ROOT)),
        scores.stream().map(Journal::number).toList(),
        number(tree.get("score")),
        number(tree.get("spread")),
        number(tree.get("training_score")),
        (int) number(tree.get("best_epoch")),
        Optional.ofNullable(tree.get("reason")).map(String::valueOf),
        number(tree.get("seconds")));
  }

  /** Numbers that are not finite are texts in JSON. */
  private static double number(@Nullable Object value) {
    return Double.parseDouble(String.valueOf(value));
  }

  private void write(Map<String, Object> tree) throws IOException {
    byte[] line = (DefinitionJson.write(tree) + "\n").getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(line);
    while (bytes.hasRemaining()) {
      int unused = file.write(bytes);
    }
    file.force(false);
  }
}
