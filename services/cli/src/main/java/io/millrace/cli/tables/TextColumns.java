package io.millrace.cli.tables;

import io.millrace.learning.features.FieldCells;
import io.millrace.learning.model.ModelDefinition;
import io.millrace.learning.model.OutputSettings;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns whose values are names or texts, of which every character counts. */
public final class TextColumns {
  private TextColumns() {}

  /** Returns the columns of classes, of categories and of texts. */
  public static Set<String> of(ModelDefinition model) {
    Stream<String> classes =
        model.outputs().stream()
            .filter(output -> output.label() == OutputSettings.Label.NAME)
            .map(OutputSettings::field);
    Stream<String> terms =
        model.inputs().stream()
            .flatMap(input -> input.cells().stream())
            .filter(cell -> cell.form().takesWritten())
            .map(FieldCells::field);
    return Stream.concat(classes, terms).collect(Collectors.toSet());
  }
}
