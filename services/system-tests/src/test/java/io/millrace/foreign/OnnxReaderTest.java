package io.millrace.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.checkpoints.DefinitionJson;
import io.millrace.export.onnx.OnnxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** ONNX' own checker and Python's ONNX Runtime take exported models that have learned. */
@Tag("foreign")
@Timeout(600)
class OnnxReaderTest {
  private static final Path MODELS = Path.of("../export/src/test/resources/models.json");
  private static final double TOLERANCE = 1e-5;

  @TempDir private Path folder;

  @Test
  void inferenceSession_everyLayer_predictsWhatMillracePredicts() throws Exception {
    ForeignProgram program = new ForeignProgram(folder);
    Optional<String> python = program.pythonWith("onnx", "onnxruntime");
    assumeTrue(
        python.isPresent(),
        "not run: Python's onnx and onnxruntime are neither installed nor found by pip");
    // Given
    Map<String, Object> documents = DefinitionJson.read(Files.readString(MODELS));
    for (Map.Entry<String, Object> document : documents.entrySet()) {
      export(document.getKey(), document.getValue());
    }

    // When
    String script = program.resource("onnx_reader.py");
    List<String> lines = program.run(python.get(), script, folder.toString()).lines().toList();

    // Then
    Map<String, Double> differences = new LinkedHashMap<>();
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      if (cells.length == 3) {
        differences.put(cells[0], Double.parseDouble(cells[1]));
        assertThat(cells[2]).as(line).isEqualTo(String.valueOf(LearnedModel.VERSION));
      }
    }
    System.out.println("largest differences from ONNX Runtime: " + differences);
    assertThat(differences.keySet()).as(lines.toString()).isEqualTo(documents.keySet());
    assertThat(differences.values()).allMatch(difference -> difference <= TOLERANCE);
  }

  @SuppressWarnings("unchecked")
  private void export(String name, Object document) throws IOException {
    LearnedModel model = new LearnedModel(name, (Map<String, Object>) document);
    try (OutputStream target = Files.newOutputStream(folder.resolve(name + ".onnx"))) {
      new OnnxModel(model.exported(), true).write(target);
    }
    Files.writeString(folder.resolve(name + ".json"), model.predictions());
  }
}
