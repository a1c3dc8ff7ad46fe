package io.millrace.trainer.tensorboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.millrace.learning.inspection.EmbeddingTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The newest vectors of embedding layers as tables of texts, and the file that tells TensorBoard's
 * projector of them. Files are replaced as a whole.
 */
final class Projector {
  /** The projector draws no more. */
  private static final int MOST_VECTORS = 100_000;

  private final Path folder;

  Projector(Path folder) {
    this.folder = folder;
  }

  void write(List<EmbeddingTable> tables) throws IOException {
    if (tables.isEmpty()) {
      return;
    }
    StringBuilder config = new StringBuilder();
    for (EmbeddingTable table : tables) {
      String name = table.layer().replaceAll("[^A-Za-z0-9._-]", "_");
      writeVectors(table, name + ".tsv");
      config.append(
          "embeddings {\n  tensor_name: \"%s\"\n  tensor_path: \"%s.tsv\"\n}\n"
              .formatted(name, name));
    }
    replace("projector_config.pbtxt", target -> target.write(config.toString()));
  }

  private void writeVectors(EmbeddingTable table, String name) throws IOException {
    replace(
        name,
        target -> {
          for (int index = 0; index < Math.min(MOST_VECTORS, table.indices()); index++) {
            for (int position = 0; position < table.width(); position++) {
              target.write(position == 0 ? "" : "\t");
              target.write(Float.toString(table.value(index, position)));
            }
            target.write('\n');
          }
        });
  }

  private void replace(String name, Content content) throws IOException {
    Path fresh = folder.resolve(name + ".new");
    try (BufferedWriter target = Files.newBufferedWriter(fresh, UTF_8)) {
      content.writeTo(target);
    }
    Files.move(fresh, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  @FunctionalInterface
  private interface Content {
    void writeTo(BufferedWriter target) throws IOException;
  }
}
